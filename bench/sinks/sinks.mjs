// Providers that answer at once and keep nothing: a mail server and an SMS gateway that only count.
// `node sinks.mjs <smtp port> <http port>`; GET / on the HTTP port tells the counts.
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';

const counts = { mails: 0, texts: 0 };
const DELAY_MS = Number(process.env.DELAY_MS ?? 0);
const END_OF_MAIL = '\r\n.\r\n';

const ANSWERS = {
  EHLO: '250-sink\r\n250-PIPELINING\r\n250 8BITMIME',
  DATA: '354 go on',
  QUIT: '221 bye',
};

const soon = (work) => (DELAY_MS > 0 ? setTimeout(work, DELAY_MS) : work());

/** As little of SMTP as a client needs, pipelining included. @see https://www.rfc-editor.org/rfc/rfc5321 */
function talkSmtp(socket) {
  let received = '';
  let inMail = false;
  const answer = (text) => socket.writable && socket.write(`${text}\r\n`);

  function readMail() {
    const end = received.indexOf(END_OF_MAIL);
    if (end === -1) return false;
    received = received.slice(end + END_OF_MAIL.length);
    inMail = false;
    counts.mails++;
    soon(() => answer('250 taken'));
    return true;
  }

  function readCommand() {
    const end = received.indexOf('\r\n');
    if (end === -1) return false;
    const verb = received.slice(0, 4).toUpperCase();
    received = received.slice(end + 2);
    inMail = verb === 'DATA';
    answer(ANSWERS[verb] ?? '250 fine');
    return true;
  }

  socket.setNoDelay(true).setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text) => {
    received += text;
    while (inMail ? readMail() : readCommand());
  });
  answer('220 sink');
}

/** Twilio's answer to a message, shortened. */
function answerHttp(request, response) {
  if (request.method === 'GET') return response.end(JSON.stringify(counts));
  request.resume().on('end', () =>
    soon(() => {
      const sid = `SM${String(++counts.texts).padStart(32, '0')}`;
      response
        .writeHead(201, { 'content-type': 'application/json' })
        .end(JSON.stringify({ sid, status: 'queued' }));
    }),
  );
}

const [smtpPort, httpPort] = process.argv.slice(2).map(Number);
createTcpServer(talkSmtp).listen(smtpPort, '127.0.0.1');
createHttpServer(answerHttp).listen(httpPort, '127.0.0.1', () => console.log('ready'));
