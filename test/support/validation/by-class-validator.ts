import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';

/** What class-transformer and class-validator say of a JSON text. `IsEmail` throws for half of a surrogate pair. */
export function byClassValidator<T extends object>(
  type: new () => T,
  json: string,
  options: ValidatorOptions,
): { value: T; problems: string[] } {
  const value = plainToInstance(type, withoutInherited(JSON.parse(json)));
  try {
    return { value, problems: problemsOf(validateSync(value, { whitelist: true, ...options })) };
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

/** Members such as `constructor`, which class-transformer drops where it does not trip over them: `new 5()`. */
export function withoutInherited(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutInherited);
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value).filter(([name]) => !(name in Object.prototype));
  return Object.fromEntries(own.map(([name, inner]) => [name, withoutInherited(inner)]));
}
