const TIMEOUT_MS = 15_000;

/** What becomes of a message in the end; one that is retried or postponed comes again. */
const DONE = /^messaging_messages_total\{.*outcome="(?:handled|stale|dead|dropped)".*\} (\d+)$/gm;

/** How many messages a service is done with, since its start, by its metrics. @param url of the service */
export async function messagesDone(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  return [...text.matchAll(DONE)].reduce((sum, [, count]) => sum + Number(count), 0);
}
