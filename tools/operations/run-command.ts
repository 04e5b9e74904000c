/** How the command line was meant is not clear. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}

export interface Command {
  readonly usage: string;
  readonly run: (args: string[]) => Promise<void>;
  /** Whether it ends in its own way when its output is closed; else it ends at once. */
  readonly handlesClosedOutput?: boolean;
}

/** Codes of errors that the user's arguments caused; the first is for `parseArgs`. */
const WRONG_ARGUMENTS = /^(ERR_PARSE_ARGS_|USAGE$|UNKNOWN_QUEUE$)/;

const HELP: readonly string[] = ['--help', '-h'];

/** Runs a command with the arguments of this process. Exits with 2 when they are wrong, with 1 when the command fails; says why. */
export async function runCommand({ usage, run, handlesClosedOutput = false }: Command): Promise<void> {
  // The program that read our output, such as `head`, has closed it.
  if (!handlesClosedOutput) process.stdout.on('error', () => process.exit(0));
  const args = process.argv.slice(2);
  try {
    if (args.some((arg) => HELP.includes(arg))) console.log(usage);
    else await run(args);
  } catch (error) {
    const isWrong = WRONG_ARGUMENTS.test(codeOf(error));
    console.error(error instanceof Error ? error.message : error);
    if (isWrong) console.error(`\n${usage}`);
    process.exit(isWrong ? 2 : 1);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
