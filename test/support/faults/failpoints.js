/**
 * Kills its own process, as `kill -9` would, at an exact place. It is loaded before a service by `NODE_OPTIONS=--require`, so that
 * no line of it is in the services. `FAILPOINT` says where, as `<place> <n> <text>`: the n-th time that the process comes to
 * the place with something that contains the text.
 *
 * | place          | where                                                              | the text is looked for in       |
 * | -------------- | ------------------------------------------------------------------ | ------------------------------- |
 * | before-commit  | a transaction is about to be committed, or a statement outside one | its statements and their values |
 * | after-commit   | the database has just said that it was                             | its statements and their values |
 * | before-confirm | the broker has the message, and its confirm is not looked at       | the exchange and the body       |
 * | before-ack     | a message is about to be acknowledged                              | the body                        |
 */
const { ConfirmChannel, Channel } = require('amqplib/lib/channel_model');
const { Client, Query } = require('pg');

const [place, number, ...words] = (process.env.FAILPOINT ?? '').split(' ');
const text = words.join(' ');
let left = Number(number);

/** Counts, and at the last count does not return. */
function pass(here, what) {
  if (here !== place || !what.includes(text)) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

/** What each connection has said in the transaction that is open on it. */
const transactions = new WeakMap();

const BEGINS = /^(begin|start transaction)/i;
const ENDS = /^(commit|rollback)/i;

const query = Client.prototype.query;

Client.prototype.query = function (statement, values, ...rest) {
  const answer = () => query.call(this, statement, values, ...rest);
  if (statement instanceof Query) return inOneMessage(this, statement, answer);
  if (typeof statement !== 'string' || typeof values === 'function' || rest.length > 0) return answer();
  const said = `${transactions.get(this) ?? ''}\n${statement} ${JSON.stringify(values ?? [])}`;
  const isOpen = transactions.has(this) ? !ENDS.test(statement) : BEGINS.test(statement);
  if (!isOpen) return ending(this, said, answer);
  transactions.set(this, said);
  return answer();
};

/** Several statements of a transaction; the first may be its `begin`. */
function inOneMessage(connection, { text }, answer) {
  transactions.set(connection, `${transactions.get(connection) ?? ''}\n${text}`);
  return answer();
}

async function ending(connection, said, answer) {
  transactions.delete(connection);
  pass('before-commit', said);
  const result = await answer();
  pass('after-commit', said);
  return result;
}

const publish = ConfirmChannel.prototype.publish;

ConfirmChannel.prototype.publish = function (exchange, routingKey, content, options, confirmed) {
  return publish.call(this, exchange, routingKey, content, options, (...outcome) => {
    pass('before-confirm', `${exchange} ${content}`);
    confirmed?.(...outcome);
  });
};

const ack = Channel.prototype.ack;

Channel.prototype.ack = function (message, ...rest) {
  pass('before-ack', String(message.content));
  return ack.call(this, message, ...rest);
};
