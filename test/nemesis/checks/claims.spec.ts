import { aRun } from './a-good-run';
import { CLAIMS } from './claims';

describe('CLAIMS', () => {
  it.each(CLAIMS.map((claim) => [claim.says, claim]))(
    '%s: nothing speaks against it in a good run',
    (_, claim) => {
      expect(claim.violations(aRun())).toEqual([]);
    },
  );
});
