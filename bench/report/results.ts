import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../tools/launcher/environment';
import type { Chart } from './chart';
import { svgOf } from './chart';
import { machine, type Machine } from './machine';
import { median } from './statistics';
import { markdownTable, textTable } from './table';

/** What one contestant did in one turn, by the name of the figure, its unit included. */
export interface Row {
  readonly part: string;
  readonly who: string;
  readonly figures: Readonly<Record<string, number>>;
}

export interface Summary {
  readonly machine: Machine;
  readonly rows: readonly Row[];
  /** By part, contestant and figure. */
  readonly medians: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
}

/** All that was measured. A figure's median over the turns is what counts. */
export class Results {
  /** One for each run, named after its time, so that the last one is the last. */
  readonly folder = join(
    CHECKOUT,
    '.data',
    'bench',
    'results',
    new Date().toISOString().replaceAll(':', '-').slice(0, 19),
  );
  private readonly rows: Row[] = [];

  constructor(private readonly arguments_: readonly string[]) {
    mkdirSync(this.folder, { recursive: true });
  }

  add(part: string, who: string, figures: Readonly<Record<string, number>>): void {
    this.rows.push({ part, who, figures });
    const shown = Object.entries(figures).map(([name, value]) => `${name} ${format(value)}`);
    console.log(`  ${part} · ${who}: ${shown.join(', ')}`);
    this.save();
  }

  draw(name: string, chart: Chart): void {
    writeFileSync(join(this.folder, `${name}.svg`), svgOf(chart));
  }

  /** A table for each part, for the terminal. */
  text(): string {
    return this.parts()
      .map((part) => `${part}\n\n${textTable(this.cells(part))}\n`)
      .join('\n');
  }

  /** After each figure: a run that is interrupted has shown what it has shown. */
  private save(): void {
    const medians = Object.fromEntries(this.parts().map((part) => [part, this.mediansOf(part)]));
    const summary: Summary = { machine: machine(this.arguments_), rows: this.rows, medians };
    writeFileSync(join(this.folder, 'results.json'), `${JSON.stringify(summary, undefined, 2)}\n`);
    const tables = this.parts().map((part) => `## ${part}\n\n${markdownTable(this.cells(part))}\n`);
    writeFileSync(join(this.folder, 'results.md'), tables.join('\n'));
  }

  private parts(): string[] {
    return [...new Set(this.rows.map(({ part }) => part))];
  }

  private mediansOf(part: string): Record<string, Record<string, number>> {
    const rows = this.rows.filter((row) => row.part === part);
    const medians: Record<string, Record<string, number>> = {};
    for (const who of new Set(rows.map((row) => row.who))) {
      const turns = rows.filter((row) => row.who === who).map(({ figures }) => figures);
      const names = new Set(turns.flatMap(Object.keys));
      medians[who] = Object.fromEntries(
        [...names].map((name) => [name, median(turns.flatMap((figures) => figures[name] ?? []))]),
      );
    }
    return medians;
  }

  /** A line for each contestant, a column for each figure. */
  private cells(part: string): string[][] {
    const medians = Object.entries(this.mediansOf(part));
    const names = [...new Set(medians.flatMap(([, figures]) => Object.keys(figures)))];
    const cell = (value: number | undefined): string => (value === undefined ? '' : format(value));
    return [
      ['', ...names],
      ...medians.map(([who, figures]) => [who, ...names.map((name) => cell(figures[name]))]),
    ];
  }
}

/** Three digits are all that a figure of this kind can bear. */
function format(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(
    Math.abs(value) >= 10 || Number.isInteger(value) ? (Number.isInteger(value) ? 0 : 1) : 2,
  );
}
