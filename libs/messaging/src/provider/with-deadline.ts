/**
 * Calls a provider with a signal that aborts after so many milliseconds. An answer that has arrived by then still counts: a process
 * that its host held up finds the time over and the answer waiting, and would not know whether the message was sent.
 */
export async function withDeadline<T>(
  limitMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const abort = (): void => ending.abort(new DOMException(`no answer within ${limitMs} ms`, 'TimeoutError'));
  // Node runs timers before it reads sockets, and immediates after that.
  // https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
  const timer = setTimeout(() => setImmediate(abort), limitMs);
  try {
    return await call(ending.signal);
  } finally {
    clearTimeout(timer);
  }
}
