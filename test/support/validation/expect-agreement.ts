import { validatorOf } from '@app/service';
import * as fc from 'fast-check';
import { byClassValidator, problemsOf, renamedInherited } from './by-class-validator';
import { mutated } from './mutated';

interface AgreementOptions {
  readonly unknownMembers: 'refuse' | 'drop';
  /** Valid values, from which others are made. */
  readonly examples: readonly object[];
}

const RUNS = 300;

/**
 * Checks with random values that the compiled validator of a class accepts nothing that class-validator would refuse, that both
 * make the same of a value, and that what is wrong is said in class-validator's words.
 */
export function expectAgreement(
  type: new () => object,
  { unknownMembers, examples }: AgreementOptions,
): void {
  const validator = validatorOf(type, { unknownMembers });
  const options = { forbidNonWhitelisted: unknownMembers === 'refuse' };
  const agree = (json: string): void => {
    const expected = byClassValidator(type, json, options);
    const checked = validator.check(JSON.parse(json));
    if ('value' in checked) {
      expect(expected.problems).toEqual([]);
      expect(JSON.stringify(renamedInherited(checked.value))).toBe(JSON.stringify(expected.value));
    } else {
      expect(checked.errors).not.toEqual([]);
      expect(expected.problems).toEqual(expect.arrayContaining(problemsOf(checked.errors)));
    }
  };
  fc.assert(fc.property(mutated(examples), agree), { numRuns: RUNS });
}
