import type { Member, Shape } from './class-shape';
import { isInherited } from './inherited-members';

/**
 * A parsed JSON value as an instance of its class, with its nested members as instances of theirs, so that class-validator finds
 * the rules of each. Of what is refused all the same, no more is taken over than the error's text needs: the names of unknown
 * members, and of a list that is too long one item more than it may have. Members such as `constructor` are left out: they would hide what the
 * instance inherits.
 */
export function instanceOf<T extends object>({ type, members }: Shape<T>, value: object): T {
  const own = Object.entries(value).filter(([name]) => !isInherited(name));
  const entries = own.map(([name, inner]) => {
    const member = members.get(name);
    return [name, member === undefined ? undefined : memberOf(member, inner)] as const;
  });
  return Object.assign(new type(), Object.fromEntries(entries));
}

function memberOf({ nested, maxItems }: Member, value: unknown): unknown {
  if (nested === undefined && maxItems === undefined) return value;
  return Array.isArray(value)
    ? itemsOf(nested, value.slice(0, (maxItems ?? 0) + 1))
    : nestedOf(nested, value);
}

const itemsOf = (shape: Shape | undefined, items: readonly unknown[]): unknown[] =>
  items.map((item) => (Array.isArray(item) ? itemsOf(shape, item.slice(0, 1)) : nestedOf(shape, item)));

const nestedOf = (shape: Shape | undefined, value: unknown): unknown =>
  shape && isObject(value) ? instanceOf(shape, value) : value;

/** Whether an instance can do what a plain object of the same members cannot. */
export const hasBehaviour = ({ type, members }: Shape): boolean =>
  isBehaviour(type.prototype) || [...members.values()].some(({ nested }) => nested && hasBehaviour(nested));

const isBehaviour = (prototype: unknown): boolean =>
  isObject(prototype) &&
  prototype !== Object.prototype &&
  (Object.getOwnPropertyNames(prototype).length > 1 || isBehaviour(Object.getPrototypeOf(prototype)));

/** Whether it is a JSON object, as `JSON.parse` makes it. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
