import { join } from 'node:path';
import { Interruption } from '../tools/console/interruption';
import { npmProcess } from '../tools/console/npm-process';
import type { Bench } from './bench';
import { builtCommit } from './contestants/commit';
import { OurSuite } from './contestants/our-suite';
import { Programs } from './contestants/programs';
import { Providers } from './contestants/providers';
import { Rival } from './contestants/rival';
import { BARE_INTAKES, BARE_PIPELINE, SYNCHRONOUS_SHOP, TEXTBOOK_SUITE } from './contestants/rivals';
import { optionsFrom, USAGE, type Options } from './options';
import { Results } from './report/results';
import { CHECKOUT } from '../infra/environment';

/** Starts the contestants, runs the parts, and leaves nothing behind but the results. */
class Run {
  private readonly programs = new Programs();
  private readonly providers = new Providers(this.programs);
  private readonly suites: OurSuite[] = [];
  private readonly rivals: Rival[] = [];
  private readonly interruption = new Interruption(() => this.killAll(), npmProcess());

  constructor(
    private readonly options: Options,
    private readonly results: Results,
  ) {}

  async run(): Promise<void> {
    await Promise.race([this.work(), this.interruption.happened]).finally(() => this.close());
    console.log(`\n${this.results.text()}\nTables, charts and JSON: ${this.results.folder}`);
  }

  private async work(): Promise<void> {
    const bench = await this.open();
    for (const part of this.options.parts) {
      console.log(`\n${part.name}: ${part.what}`);
      await part.run(bench);
    }
  }

  private async open(): Promise<Bench> {
    const { programs, providers, results, options } = this;
    const { short, turns, against } = options;
    console.log('Starting …');
    await programs.open();
    await providers.start();
    const ours = await this.suite('ours', 'ours', CHECKOUT);
    const before = against === undefined ? undefined : await this.suiteOf(against);
    const limit = await this.rival(BARE_PIPELINE, ours);
    const otherLimits = [];
    for (const intake of BARE_INTAKES) otherLimits.push(await this.rival(intake, ours));
    const usual = await this.rival(TEXTBOOK_SUITE, ours);
    const synchronous = await this.rival(SYNCHRONOUS_SHOP, ours);
    const sized = (small: number, full: number): number => (short ? small : full);
    return {
      ours,
      before,
      limit,
      otherLimits,
      usual,
      synchronous,
      programs,
      providers,
      results,
      turns,
      sized,
    };
  }

  private suiteOf(ref: string): Promise<OurSuite> {
    const { name, folder } = builtCommit(ref);
    this.results.compareWith(name);
    return this.suite(name, 'before', folder);
  }

  private async suite(name: string, folder: string, checkout: string): Promise<OurSuite> {
    const { programs, providers } = this;
    const { signal } = this.interruption;
    const appsFolder = join(checkout, 'dist', 'apps');
    const suite = await OurSuite.open({ name, folder, appsFolder, programs, providers, signal });
    this.suites.push(suite);
    return suite;
  }

  private async rival(description: typeof TEXTBOOK_SUITE, { suite }: OurSuite): Promise<Rival> {
    const { programs, providers } = this;
    const rival = await Rival.open(description, { suite, programs, providers });
    this.rivals.push(rival);
    return rival;
  }

  private async close(): Promise<void> {
    await Promise.allSettled(this.rivals.map((rival) => rival.close()));
    await Promise.allSettled(this.suites.map((suite) => suite.remove()));
    this.programs.killAll();
    this.programs.close();
  }

  private killAll(): void {
    for (const suite of this.suites) suite.killAll();
    this.programs.killAll();
  }
}

/** @returns the exit code: 2 where the arguments are wrong */
async function main(args: readonly string[]): Promise<number> {
  const options = understood(args);
  if (options === undefined) return 2;
  try {
    await new Run(options, new Results(args)).run();
    return 0;
  } catch (error) {
    console.error(`\n${messageOf(error)}`);
    return 1;
  }
}

function understood(args: readonly string[]): Options | undefined {
  try {
    return optionsFrom(args);
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`);
    return undefined;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

void main(process.argv.slice(2)).then((code) => process.exit(code));
