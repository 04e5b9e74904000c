import { parsed } from './json';

const TIMEOUT_MS = 15_000;

/** Whatever the JSON says. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer<Body = Json> {
  readonly status: number;
  readonly headers: Headers;
  /** Null where there was none. */
  readonly body: Body;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is text, else as JSON. */
  readonly body?: object | string;
}

/** Calls a JSON API. @throws Error when there is no answer */
export async function call<Body = Json>(
  url: string,
  { method = 'GET', headers, body }: Call = {},
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new Error(`${url} did not answer.`, { cause });
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text || 'null') };
}

/** Reads JSON of a service of ours, where nothing but success will do. */
export async function read<Body>(url: string, options?: Call): Promise<Body> {
  const { status, body } = await call<Body>(url, options);
  if (status >= 300) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
  return body;
}
