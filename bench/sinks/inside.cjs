// Preloaded into email and sms (`node --require`): their sends are answered inside the process, before they reach a socket.
// What remains is the cost of our own code, without that of the clients' libraries and of the providers.
const nodemailer = require('nodemailer');
const { Client } = require('twilio/lib/base/BaseTwilio');

const SENT = Promise.resolve();
const ANSWER = { statusCode: 201, headers: {}, body: { sid: `SM${'0'.repeat(32)}`, status: 'queued' } };

const transport = {
  use: () => transport,
  on: () => transport,
  isIdle: () => true,
  sendMail: () => SENT,
  close: () => undefined,
};
nodemailer.createTransport = () => transport;

Client.prototype.request = () => Promise.resolve(ANSWER);

/** A text that goes out by `fetch` ends here as well. */
const { fetch } = globalThis;
globalThis.fetch = (url, options) =>
  String(url.url ?? url).endsWith('/Messages.json')
    ? Promise.resolve(Response.json(ANSWER.body, { status: 201 }))
    : fetch(url, options);
