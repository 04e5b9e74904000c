// The capacity model of docs/scaling.md: what so many orders a second need, calculated from the CPU that one order costs.
// `node bench/capacity.mjs [results.json] [contestant]`; the newest results where none are named.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RESULTS = join(import.meta.dirname, '..', '.data', 'bench', 'results');
const PART = 'CPU milliseconds per order';
const RATES = [100, 1_000, 10_000, 100_000];

/** Requests wait too long for a core that is busier than this. */
const USABLE = 0.6;

/** What is no part of a shop: our launcher, and the programs that play the providers. */
const NOT_OURS = ['launcher', 'sum', 'load', 'others on this machine', 'MailDev', 'sms-gateway', 'sinks'];

const cores = (rate, milliseconds) => (rate * milliseconds) / 1_000 / USABLE;
const rounded = (value) => (value < 10 ? value.toFixed(1) : Math.ceil(value).toLocaleString('en'));
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The newest results that tell the CPU. */
function newest() {
  const runs = readdirSync(RESULTS).sort().reverse();
  const found = runs
    .map((run) => read(join(RESULTS, run, 'results.json')))
    .find(({ medians }) => PART in medians);
  if (found === undefined) throw new Error('There are no results yet: npm run bench -- whole');
  return found;
}

const [file, who = 'ours, providers that count'] = process.argv.slice(2);
const { machine, medians } = file === undefined ? newest() : read(file);
const costs = Object.entries(medians[PART][who]).filter(([name]) => !NOT_OURS.includes(name));
const all = costs.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);

const line = (name, ms) =>
  `| ${[name, ms.toFixed(2), ...RATES.map((rate) => rounded(cores(rate, ms)))].join(' | ')} |`;
console.log(
  `Cores at ${USABLE * 100} % load, from ${who}: commit ${machine.commit}, ${machine.date.slice(0, 10)}, ${machine.cpu}.\n`,
);
console.log(`| | ms/order | ${RATES.map((rate) => `${rate.toLocaleString('en')}/s`).join(' | ')} |`);
console.log(`| --- |${' ---: |'.repeat(RATES.length + 1)}`);
for (const [name, milliseconds] of costs) console.log(line(name, milliseconds));
console.log(line('all', all));
