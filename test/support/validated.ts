import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** The data as a consumer gets it, and the paths of what is wrong with it, such as `lines.0.quantity`. */
export function validated<T extends object>(
  dataClass: new () => T,
  data: object,
): { value: T; invalid: string[] } {
  const value = plainToInstance(dataClass, data);
  return { value, invalid: pathsOf(validateSync(value, { whitelist: true })) };
}

function pathsOf(errors: readonly ValidationError[], parent = ''): string[] {
  return errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints === undefined ? [] : [`${parent}${property}`]),
    ...pathsOf(children, `${parent}${property}.`),
  ]);
}
