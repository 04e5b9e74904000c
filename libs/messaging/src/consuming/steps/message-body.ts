import { jsonTextOf, MAX_LISTED, UnreadableJson, validatorOf } from '@app/service';
import { ValidationError } from 'class-validator';
import { UnparseableMessage } from '../../failures/invalid-message';

/** The largest message body, in bytes. Our own largest event has about 50 KiB; the rest is room for a stranger's mail. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * The body as a JSON value. A body that is too large or nested too deeply costs no more than a look at its bytes.
 * @throws UnparseableMessage
 */
export function parseJson(content: Buffer): unknown {
  if (content.length > MAX_BODY_BYTES)
    throw new UnparseableMessage(`The body has more than ${MAX_BODY_BYTES} bytes`);
  try {
    return JSON.parse(jsonTextOf(content));
  } catch (error) {
    const reason = error instanceof UnreadableJson ? error.message : 'The body is not JSON';
    // Without its cause: V8's error quotes the body, which may hold personal data.
    throw new UnparseableMessage(reason);
  }
}

const RULES = { unknownMembers: 'drop' } as const;

/**
 * Compiles the rules of a class, so that a mistake in one shows at the start.
 * @throws UncompilableClass
 */
export function compile(type: new () => object): void {
  validatorOf(type, RULES);
}

/** A value of a class, or what is wrong with it. */
export type Checked<T> = { readonly instance: T } | { readonly problems: string };

/** Checks a value against its class. Members that the class does not know are dropped: a newer publisher may send them. */
export function check<T extends object>(value: unknown, type: new () => T): Checked<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problems: 'not a JSON object' };
  const checked = validatorOf(type, RULES).check(value);
  return 'value' in checked ? { instance: checked.value } : { problems: describe(checked.errors) };
}

function describe(errors: readonly ValidationError[]): string {
  const all = textsOf(errors);
  const more = all.length > MAX_LISTED ? [`… and ${all.length - MAX_LISTED} more`] : [];
  return [...all.slice(0, MAX_LISTED), ...more].join('; ');
}

/** Names the paths and rules, never the values: they are personal data. */
function textsOf(errors: readonly ValidationError[], parent = ''): string[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const own = Object.values(constraints ?? {}).map((text) => `${parent}${text}`);
    return [...own, ...textsOf(children ?? [], `${parent}${property}.`)];
  });
}
