import * as http from 'node:http';
import * as https from 'node:https';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly statusCode: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** No connection was made, so nothing of the request was sent. */
export class NotConnected extends Error {
  readonly code = 'NOT_CONNECTED';

  constructor({ code, message }: NodeJS.ErrnoException) {
    // Where all addresses of a host have failed, the message of Node's error is empty.
    super(`there is no connection: ${message || code}`);
  }
}

/**
 * One request and its whole answer, whatever its status, over a connection that stays open for the next. It follows no redirect and
 * repeats nothing. Rejects with `NotConnected`, or with another error when there is no whole answer before `options.signal` ends it.
 */
export function httpExchange(url: URL, options: https.RequestOptions, content: string): Promise<Answer> {
  const isSecure = url.protocol === 'https:';
  const { request } = isSecure ? https : http;
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const asking = request(url, options, (response) => {
      const { statusCode = 0, headers } = response;
      text(response).then((body) => resolve({ statusCode, headers, body }), reject);
    });
    asking.on('socket', (socket) => {
      isConnected = asking.reusedSocket;
      // Over TLS, nothing of the request leaves before the handshake has ended. A connection that is used again connects no more:
      // a listener would stay on it, and hold the request.
      if (!isConnected) socket.once(isSecure ? 'secureConnect' : 'connect', () => (isConnected = true));
    });
    asking.on('error', (error) => reject(isConnected ? error : new NotConnected(error)));
    asking.end(content);
  });
}
