import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `X_FILE` names a file, which cannot be read. */
export class UnreadableFile extends Error {
  readonly code = 'UNREADABLE_FILE';

  constructor(variable: string, cause: unknown) {
    super(`${variable} must name a file that can be read`, { cause });
  }
}

/**
 * The value of a variable; where it is absent or empty and `X_FILE` names a file, what the file says, without space around it.
 * So a password can be mounted as a file, and stands in no environment.
 * @throws UnreadableFile
 * @see https://docs.docker.com/compose/how-tos/use-secrets/
 */
export function valueOf(variable: string, environment: Environment): string | undefined {
  const value = environment[variable] ?? '';
  const file = environment[`${variable}_FILE`] ?? '';
  if (value === '' && file === '') return undefined;
  return value === '' ? textOf(file, `${variable}_FILE`) : value;
}

function textOf(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UnreadableFile(variable, error);
  }
}
