const TIMEOUT_MS = 15_000;

/** Whatever the JSON says. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where there was none. */
  readonly body: Json;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is text, else as JSON. */
  readonly body?: object | string;
}

/** Calls a JSON API. @throws Error when there is no answer */
export async function call(url: string, { method = 'GET', headers, body }: Call = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Reads JSON, where nothing but success will do. */
export async function read(url: string, options?: Call): Promise<Json> {
  const { status, body } = await call(url, options);
  if (status >= 300) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
  return body;
}
