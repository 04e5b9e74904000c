import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../infra/environment';
import { svgOf, type Chart } from './chart';
import { format } from './format';
import { machine, type Machine } from './machine';
import { median } from './statistics';
import { markdownTable, textTable } from './table';
import { TARGETS } from './targets';

/** By the name of the figure, its unit included. */
export type Figures = Readonly<Record<string, number>>;

/** What one contestant did in one turn. */
export interface Row {
  readonly part: string;
  readonly who: string;
  readonly figures: Figures;
}

/** By part and contestant. */
export type Medians = Readonly<Record<string, Readonly<Record<string, Figures>>>>;

/** What `results.json` holds. */
export interface Summary {
  readonly machine: Machine;
  readonly rows: readonly Row[];
  readonly medians: Medians;
}

/** All that was measured. A figure's median over the turns is what counts. */
export class Results {
  /** One for each run, named after its time, so that the last one is the last. */
  readonly folder = join(CHECKOUT, '.data', 'bench', 'results', timeStamp());
  private readonly rows: Row[] = [];
  private before = 'before';

  constructor(private readonly args: readonly string[]) {}

  /** Which contestant is the commit that ours is compared with. */
  compareWith(before: string): void {
    this.before = before;
  }

  add(part: string, who: string, figures: Figures): void {
    this.rows.push({ part, who, figures });
    const shown = Object.entries(figures).map(([name, value]) => `${name} ${format(value)}`);
    console.log(`  ${part} · ${who}: ${shown.join(', ')}`);
    this.save();
  }

  draw(name: string, chart: Chart): void {
    writeFileSync(join(this.folder, `${name}.svg`), svgOf(chart));
  }

  /** The tables for the terminal. */
  text(): string {
    return this.tables()
      .map(([title, cells]) => `${title}\n\n${textTable(cells)}\n`)
      .join('\n');
  }

  /** After each figure: also a run that is interrupted has measured something. */
  private save(): void {
    mkdirSync(this.folder, { recursive: true });
    const summary: Summary = { machine: machine(this.args), rows: this.rows, medians: this.medians() };
    writeFileSync(join(this.folder, 'results.json'), `${JSON.stringify(summary, undefined, 2)}\n`);
    const tables = this.tables().map(([title, cells]) => `## ${title}\n\n${markdownTable(cells)}\n`);
    writeFileSync(join(this.folder, 'results.md'), tables.join('\n'));
  }

  private tables(): [title: string, cells: string[][]][] {
    const medians = this.medians();
    const reached = TARGETS.map(({ figure, target, value }) => ({
      figure,
      target,
      value: value(medians, this.before),
    }))
      .filter(({ value }) => !Number.isNaN(value))
      .map(({ figure, target, value }) => [figure, format(value), target]);
    const parts = Object.entries(medians).map(([part, figures]): [string, string[][]] => [
      part,
      cellsOf(figures),
    ]);
    return [...parts, ['Targets', [['', 'here', 'target'], ...reached]]];
  }

  private medians(): Medians {
    const parts = [...new Set(this.rows.map(({ part }) => part))];
    return Object.fromEntries(
      parts.map((part) => [part, mediansOf(this.rows.filter((row) => row.part === part))]),
    );
  }
}

function mediansOf(rows: readonly Row[]): Record<string, Figures> {
  const medians: Record<string, Figures> = {};
  for (const who of new Set(rows.map((row) => row.who))) {
    const turns = rows.filter((row) => row.who === who).map(({ figures }) => figures);
    const names = [...new Set(turns.flatMap(Object.keys))];
    medians[who] = Object.fromEntries(
      names.map((name) => [name, median(turns.flatMap((figures) => figures[name] ?? []))]),
    );
  }
  return medians;
}

/** A line for each contestant, a column for each figure. */
function cellsOf(medians: Readonly<Record<string, Figures>>): string[][] {
  const names = [...new Set(Object.values(medians).flatMap(Object.keys))];
  const cell = (value?: number): string => (value === undefined ? '' : format(value));
  const lines = Object.entries(medians).map(([who, figures]) => [
    who,
    ...names.map((name) => cell(figures[name])),
  ]);
  return [['', ...names], ...lines];
}

/** 2026-11-26T07-30-00 */
const timeStamp = (): string => new Date().toISOString().replaceAll(':', '-').slice(0, 19);
