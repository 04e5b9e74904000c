import type { Class } from './class-shape';
import { type UnknownMembers, Validator } from './validator';

interface ValidatorOptions {
  readonly unknownMembers: UnknownMembers;
}

const validators = { refuse: new Map<Class, Validator<object>>(), drop: new Map<Class, Validator<object>>() };

/**
 * The validator of a class, compiled at the first call. Code that knows the class at the start of the service calls it then.
 * @throws UncompilableClass
 */
export function validatorOf<T extends object>(
  type: Class<T>,
  { unknownMembers }: ValidatorOptions,
): Validator<T> {
  const known = validators[unknownMembers].get(type);
  if (known?.isOf(type)) return known;
  const validator = new Validator(type, unknownMembers);
  validators[unknownMembers].set(type, validator);
  return validator;
}
