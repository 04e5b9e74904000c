// What the experiments do to a suite that runs in this checkout: see experiments.md.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const USAGE = `node docs/patterns/shop.mjs order <count>             places so many orders
node docs/patterns/shop.mjs settled [--but texts]     waits until they are confirmed, and their customers told
node docs/patterns/shop.mjs outbox [paused]           how many events wait for the broker; waits until some do
node docs/patterns/shop.mjs texts refused|slow|fine   what the SMS gateway does from now on`;

const LIMIT_MS = 240_000;
const SUITE = '.data/suite.json';
const PLACED = '.data/experiment.json';
const TEXTS = `2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json?PageSize=1000`;
const FAULTS = { refused: { kind: 'error', status: 400 }, slow: { kind: 'delay', delayMs: 2_000 } };

const customer = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+4915112345678' };
const AN_ORDER = JSON.stringify({ customer, lines: [{ sku: 'PAPER-CLIP', quantity: 1 }] });

const fromFile = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { orderApiUrl, mailUrl, smsUrl } = runningSuite();

function runningSuite() {
  if (existsSync(SUITE)) return fromFile(SUITE);
  console.error('No suite runs in this checkout. Start one in another terminal: npm start');
  process.exit(1);
}

/** Looks again and again until there is an answer. */
async function eventually(look, describe) {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const { isThere, text } = await look();
    if (isThere) return text;
    if (Date.now() > deadline)
      throw new Error(`Waited ${LIMIT_MS / 1_000} s for ${describe}. At last: ${text}`);
    await sleep(500);
  }
}

async function call(url, options = {}) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

/** Where the order API is too busy, the same request is sent again: under its key, it is one order. */
async function place() {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  for (;;) {
    const response = await fetch(`${orderApiUrl}/orders`, { method: 'POST', headers, body: AN_ORDER });
    if (response.status === 201) return (await response.json()).id;
    if (response.status !== 503) throw new Error(`${response.status} ${await response.text()}`);
    await sleep(1_000);
  }
}

async function order(count) {
  const ids = await Promise.all(Array.from({ length: Number(count) }, place));
  writeFileSync(PLACED, JSON.stringify(ids));
  return `${ids.length} orders placed`;
}

/** How many of the last orders are confirmed, and of how many the customer knows it. */
async function settled(_but, left) {
  const ids = fromFile(PLACED);
  const knownBy = (news) => {
    const confirming = news.filter((text) => text.includes('confirmed'));
    return ids.filter((id) => confirming.some((text) => text.includes(id))).length;
  };
  const look = async () => {
    const orders = await Promise.all(ids.map((id) => call(`${orderApiUrl}/orders/${id}`)));
    const sent = await call(`${mailUrl}/api/email`);
    const { messages } = await call(`${smsUrl}/${TEXTS}`);
    const confirmed = orders.filter(({ status }) => status === 'confirmed').length;
    const mails = knownBy(sent.map(({ subject }) => subject));
    const texts = knownBy(messages.map(({ body }) => body));
    const wanted = Object.entries({ confirmed, mails, texts }).filter(([what]) => what !== left);
    const isThere = wanted.every(([, count]) => count === ids.length);
    return { isThere, text: `${confirmed} confirmed, ${mails} told by mail, ${texts} by text` };
  };
  return eventually(look, `${ids.length} orders`);
}

/** With `paused`, once nothing is published to the exchange of the orders. */
const outbox = (wanted) =>
  eventually(async () => {
    const metrics = await (await fetch(`${orderApiUrl}/metrics`)).text();
    const [, events = '0'] = /^outbox_events(?:{.*})? (\d+)/m.exec(metrics) ?? [];
    const isPaused = /^outbox_publishing_paused{.*} 1/m.test(metrics);
    const text = `${events} events wait in the outbox${isPaused ? ', which is paused' : ''}`;
    return { isThere: events !== '0' && (wanted !== 'paused' || isPaused), text };
  }, 'events in the outbox');

async function texts(what) {
  const headers = { 'content-type': 'application/json' };
  const fault = FAULTS[what];
  const change = fault ? { method: 'PUT', headers, body: JSON.stringify(fault) } : { method: 'DELETE' };
  await call(`${smsUrl}/faults`, change);
  return `texts are ${what}`;
}

const [command, ...words] = process.argv.slice(2);
const run = { order, settled, outbox, texts }[command];
if (run === undefined) {
  console.error(USAGE);
  process.exit(2);
}
console.log(await run(...words));
