import { ValidationError } from 'class-validator';
import { ProblemMember } from './problem';

/** The request's body or query is not valid; says where and why. */
export class InvalidRequest extends Error {
  readonly code = 'INVALID_REQUEST';

  constructor(readonly errors: readonly ProblemMember[]) {
    super('The request is not valid; see errors.');
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
