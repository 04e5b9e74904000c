import type { TypeMetadata } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { ARRAY_MAX_SIZE, getMetadataStorage, IS_OPTIONAL } from 'class-validator';
import { isNullable } from './is-nullable';
import { UncompilableClass } from './uncompilable-class';

/** A class whose members have decorators of class-validator. */
export type Class<T extends object = object> = new () => T;

/** One decorator of one member, as class-validator keeps it. */
export type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

export interface Member {
  /** What class-validator checks of a value; `IsOptional` and `IsNullable` are not among it. */
  readonly rules: readonly Rule[];
  /** Whether null and absence are as good as a value. */
  readonly optional: boolean;
  /** Whether null, but not absence, is as good as a value. */
  readonly nullable: boolean;
  /** Of the member itself, or of each of its items. */
  readonly nested?: Shape;
  /** How many items the list may have; absent where the member is no list. */
  readonly maxItems?: number;
}

/** A class and its members, inherited ones included. */
export interface Shape<T extends object = object> {
  readonly type: Class<T>;
  readonly members: ReadonlyMap<string, Member>;
}

/** The rules that class-validator applies to an instance of the class. */
const rulesOf = (type: Class): Rule[] =>
  getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);

const known = new WeakMap<Class, boolean>();

/** Whether it is a class with decorators of class-validator, its own or inherited ones. */
export function hasRules(type: unknown): type is Class {
  if (!isClass(type)) return false;
  const before = known.get(type);
  if (before !== undefined) return before;
  const answer = rulesOf(type).length > 0;
  known.set(type, answer);
  return answer;
}

const isClass = (value: unknown): value is Class => typeof value === 'function';

/**
 * Reads a class's decorators.
 * @throws UncompilableClass for a class that holds itself
 */
export function shapeOf<T extends object>(type: Class<T>, outer: readonly Class[] = []): Shape<T> {
  const members = Object.entries(getMetadataStorage().groupByPropertyName(rulesOf(type)));
  const inside = [...outer, type];
  return { type, members: new Map(members.map(([name, rules]) => [name, memberOf(inside, name, rules)])) };
}

/** @param inside the class of the member, after those that hold it */
function memberOf(inside: readonly Class[], name: string, all: readonly Rule[]): Member {
  const type = inside.at(-1) ?? Object;
  const rules = all.filter((rule) => rule.name !== IS_OPTIONAL && !isNullable(rule));
  const max: unknown = rules.find((rule) => rule.name === ARRAY_MAX_SIZE)?.constraints[0];
  const nested = namedType(type, name);
  return {
    rules,
    optional: all.some((rule) => rule.name === IS_OPTIONAL),
    nullable: all.some(isNullable),
    ...(typeof max === 'number' && { maxItems: max }),
    ...(hasRules(nested) && { nested: nestedShapeOf(nested, inside, name) }),
  };
}

function nestedShapeOf(nested: Class, inside: readonly Class[], name: string): Shape {
  if (!inside.includes(nested)) return shapeOf(nested, inside);
  throw new UncompilableClass(`${inside.at(-1)?.name}.${name}`, 'Type', 'the class holds itself');
}

/** What class-transformer's `Type` names; undefined where the member has none. */
export const namedType = (type: Class, name: string): unknown => typeMetadataOf(type, name)?.typeFunction();

const typeMetadataOf = (type: Class, name: string): TypeMetadata | undefined =>
  defaultMetadataStorage.findTypeMetadata(type, name);
