import * as http from 'node:http';
import * as https from 'node:https';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly statusCode: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/**
 * One request and its whole answer, whatever its status, over a connection that stays open for the next. It follows no redirect and
 * repeats nothing. Rejects when there is no connection, or no whole answer before `options.signal` ends it.
 */
export function httpExchange(url: URL, options: https.RequestOptions, content: string): Promise<Answer> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const asking = request(url, options, (response) => {
      const { statusCode = 0, headers } = response;
      text(response).then((body) => resolve({ statusCode, headers, body }), reject);
    });
    asking.on('error', reject);
    asking.end(content);
  });
}
