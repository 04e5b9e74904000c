import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';

/** What class-transformer and class-validator say of a JSON text. `IsEmail` throws for half of a surrogate pair. */
export function byClassValidator<T extends object>(
  type: new () => T,
  json: string,
  options: ValidatorOptions,
): { value: T; problems: string[] } {
  const value = plainToInstance(type, renamedInherited(JSON.parse(json)));
  try {
    const problems = problemsOf(validateSync(value, { whitelist: true, ...options }));
    return { value, problems: problems.map((text) => text.replaceAll(MARK, '')) };
  } catch (error) {
    if (error instanceof URIError) return { value, problems: [': a text is not well-formed Unicode'] };
    throw error;
  }
}

/** Paths and texts. */
export const problemsOf = (errors: readonly ValidationError[], parent = ''): string[] =>
  errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((text) => `${parent}${property}: ${text}`),
    ...problemsOf(children ?? [], `${parent}${property}.`),
  ]);

/** Stands behind a name that every object has a member of. */
const MARK = '\u2063';

/** With other names for members such as `constructor`, which class-validator takes for known, and class-transformer trips over: `new 5()`. */
export function renamedInherited(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamedInherited);
  if (typeof value !== 'object' || value === null) return value;
  const renamed = Object.entries(value).map(([name, inner]) => [
    name in Object.prototype ? `${name}${MARK}` : name,
    renamedInherited(inner),
  ]);
  return Object.fromEntries(renamed);
}
