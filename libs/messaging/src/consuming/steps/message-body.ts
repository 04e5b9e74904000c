import { plainToInstance } from 'class-transformer';
import { ValidationError, validateSync } from 'class-validator';
import { UnparseableMessage } from '../../failures/invalid-message';

/**
 * The body as a JSON value.
 * @throws UnparseableMessage
 */
export function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new UnparseableMessage('The body is not JSON', { cause: error });
  }
}

/** A value as an instance of a class, or what is wrong with it. */
export type Checked<T> = { readonly instance: T } | { readonly problems: string };

/** Checks a value against its class. Members that the class does not know are dropped: a newer publisher may send them. */
export function check<T extends object>(value: unknown, type: new () => T): Checked<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problems: 'not a JSON object' };
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, { whitelist: true });
  return errors.length === 0 ? { instance } : { problems: describe(errors) };
}

/** Names the paths and rules, never the values: they are personal data. */
function describe(errors: readonly ValidationError[], parent = ''): string {
  return errors
    .flatMap(({ property, constraints, children }) => {
      const own = Object.values(constraints ?? {}).map((text) => `${parent}${text}`);
      return children?.length ? [...own, describe(children, `${parent}${property}.`)] : own;
    })
    .join('; ');
}
