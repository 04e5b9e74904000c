import { inspect } from 'node:util';
import { recordFigures, remark } from '../support/shop/figures';
import { SeededRandom } from '../support/faults/seeded-random';
import { figuresOf, readOrderLedger } from '../support/shop/order-ledger';
import { untilAtRest } from '../support/shop/invariant';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { CLAIMS } from './checks/claims';
import { Conductor } from './conductor';
import { FAULTS } from './faults/faults';
import { Recorder } from './history';
import { readLedgers } from './ledgers';
import { COMMAND, failureOf, told } from './report';
import { drawSchedule } from './schedule';
import { MINUTES, SEED } from './settings';
import { Stage } from './stage/stage';
import { Customers } from './workload/customers';
import { Operator } from './workload/operator';

const MINUTE_MS = 60_000;

/** For the ladder, for leases, and for servers that read again what they wrote before they were killed. */
const REST_WITHIN_MS = 5 * MINUTE_MS;

const say = (line: string): void =>
  void process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

describe(`A nemesis (${COMMAND})`, () => {
  const schedule = drawSchedule(SEED, MINUTES * MINUTE_MS, FAULTS);
  const history = new Recorder();
  const opened = closedAfterAll();
  let stage: Stage;

  beforeAll(async () => {
    say(`the faults of seed ${SEED}:\n${told(schedule)}`);
    stage = await Stage.set(opened);
  }, 5 * MINUTE_MS);

  it(
    'breaks everything while customers order, and nothing is lost, nothing doubled, nothing left over',
    async () => {
      const customers = new Customers(stage, history, new SeededRandom(SEED));
      const operator = new Operator(stage.brokerUrls, history);
      const failed = await new Conductor(stage, FAULTS, history, say).carryOut(schedule);
      say('every fault has ended');
      await customers.leave();
      await untilRest();
      await operator.leave();
      const ledgers = await readLedgers(stage.shop);
      const violations = CLAIMS.flatMap((claim) =>
        claim.violations({ history, ledgers }).map((line) => `${claim.says}. But ${line}`),
      );
      const wrong = [...failed, ...stage.shop.crashes, ...violations];
      if (wrong.length > 0) throw failureOf(wrong, schedule, { history, ledgers });
    },
    (MINUTES + 10) * MINUTE_MS,
  );

  /** What keeps the shop from coming to rest, the claims say too. */
  async function untilRest(): Promise<void> {
    const { shop } = stage;
    const began = performance.now();
    await untilAtRest(shop, { within: REST_WITHIN_MS }).catch((error: unknown) => say(inspect(error)));
    const secondsToDrain = Math.round((performance.now() - began) / 100) / 10;
    recordFigures(shop.suite.id, { ...figuresOf(shop, await readOrderLedger(shop), {}), secondsToDrain });
    remark(`seed ${SEED}: ${schedule.length} faults, ${history.redriven.length} dead letters redriven`);
  }
});
