import { ValidationError, ValidationTypes } from 'class-validator';
import type { Shape } from './class-shape';

/**
 * Whether every object has a member of this name, such as `constructor`. class-validator finds it among the members that a class knows, since it keeps
 * those in a plain object.
 */
export const isInherited = (name: string): boolean => name in Object.prototype;

/** An error for each member of such a name, at any depth, in the words that class-validator has for unknown members. */
export function inheritedMembersOf({ members }: Shape, value: object): ValidationError[] {
  const own = Object.keys(value).filter(isInherited).map(unknownMember);
  const inner = Object.entries(value).flatMap(([name, member]) => {
    const { nested, maxItems = 0 } = members.get(name) ?? {};
    return nested === undefined ? [] : inside(name, nestedErrorsOf(nested, member, maxItems));
  });
  return [...own, ...inner];
}

/** An error as class-validator has it for a member that a class does not know. */
export const unknownMember = (property: string): ValidationError =>
  Object.assign(new ValidationError(), {
    property,
    constraints: { [ValidationTypes.WHITELIST]: `property ${property} should not exist` },
  });

/** Of a list that is too long, no more is looked at than its length needs: it is refused anyway. */
function nestedErrorsOf(shape: Shape, value: unknown, maxItems: number): ValidationError[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) return inheritedMembersOf(shape, value);
  const items: readonly unknown[] = value.slice(0, maxItems);
  return items.flatMap((item, index) => inside(String(index), nestedErrorsOf(shape, item, 0)));
}

/** The errors of a member or an item, below its name. */
const inside = (property: string, children: ValidationError[]): ValidationError[] =>
  children.length === 0 ? [] : [Object.assign(new ValidationError(), { property, children })];
