import { appendFileSync } from 'node:fs';
import type { Figures } from './order-ledger';

/** The file that the reporter collects the figures from; undefined where no reporter runs. */
const FILE = process.env.FAULT_FIGURES;

/** Prints the figures of an invariant check, and hands them to the reporter. The last ones of a shop count. */
export function recordFigures(shop: string, figures: Figures & { readonly secondsToDrain: number }): void {
  process.stdout.write(`${expect.getState().currentTestName}: ${JSON.stringify(figures)}\n`);
  record({ shop, figures });
}

/** Prints something else that was measured, such as "reconnected after 3.2 s", and puts it below the table. */
export function remark(text: string): void {
  process.stdout.write(`${expect.getState().currentTestName}: ${text}\n`);
  record({ remark: text });
}

function record(entry: object): void {
  const { testPath, currentTestName } = expect.getState();
  if (FILE !== undefined)
    appendFileSync(FILE, `${JSON.stringify({ testPath, currentTestName, ...entry })}\n`);
}
