import { table } from '../../../tools/operations/table';

/** Says what a lesson has seen, where `npm run patterns` tells it as a story; elsewhere nothing. */
export function tell(line: string): void {
  if (process.env.STORY !== undefined) process.stdout.write(`    ${line}`.trimEnd() + '\n');
}

/** The same in columns. */
export function tellTable(rows: readonly (readonly (string | number)[])[]): void {
  const text = table(rows.map((row) => row.map(String)));
  for (const line of text.split('\n')) tell(line);
}

/** What the broker says of what it refuses: its first sentence, without the name of the virtual host. */
export function reasonOf(error: unknown): string {
  const [, text = String(error)] = /"(.*)"$/.exec(String(error)) ?? [];
  const [sentence = text] = text.split('. ');
  return sentence.replace(/ in vhost '[^']*'/, '');
}

/** `1.23 s`, or `45 ms`. */
export const duration = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`;

/** How many milliseconds it takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
