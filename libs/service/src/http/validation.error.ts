import { ValidationError } from 'class-validator';
import { MAX_LISTED } from '../validation/max-listed';
import { ProblemMember } from './problem';

/** A caller's own names may be as long as its body. */
const MAX_LENGTH = 200;

/** The request's body or query is not valid; says where and why. */
export class InvalidRequest extends Error {
  readonly code = 'INVALID_REQUEST';
  readonly errors: readonly ProblemMember[];

  constructor(errors: readonly ProblemMember[]) {
    const more = errors.length > MAX_LISTED ? ` … and ${errors.length - MAX_LISTED} more` : '';
    super(`The request is not valid; see errors${more}.`);
    this.errors = errors
      .slice(0, MAX_LISTED)
      .map(({ path, message }) => ({ path: shortened(path), message: shortened(message) }));
  }
}

/** Flattens class-validator's tree into paths such as `lines[0].quantity`. */
export function membersOf(errors: readonly ValidationError[], parent = ''): ProblemMember[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const path = pathOf(parent, property);
    const own = Object.values(constraints ?? {}).map((message) => ({ path, message }));
    return [...own, ...membersOf(children ?? [], path)];
  });
}

function pathOf(parent: string, property: string): string {
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}

const shortened = (text: string): string =>
  text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
