import type { RivalDescription } from './rival';
import type { Program } from './programs';

const BARE = 'bench/bare';
const QUEUES = ['inventory', 'order-api', 'email', 'sms'];
const TEXTBOOK = 'dist/bench/textbook/main.js';

const bareIntake = (way: string): Program => ({ name: 'bare', file: `${BARE}/intake.mjs`, args: [way] });

const textbook = (service: string): Program => ({ name: service, file: TEXTBOOK, args: [service] });

/** The limit of the whole way, and of the intake where orders are taken in groups. */
export const BARE_PIPELINE: RivalDescription = {
  name: 'bare',
  id: 'bare',
  tables: `${BARE}/tables.sql`,
  programs: ['order-api', 'inventory', 'notify'].map((name) => ({ name, file: `${BARE}/${name}.mjs` })),
  intake: bareIntake('group'),
  queues: QUEUES,
  outbox: true,
};

/** The limits of other ways to take an order. */
export const BARE_INTAKES: readonly RivalDescription[] = ['statement', 'transaction'].map((way) => ({
  ...BARE_PIPELINE,
  name: `bare, ${way}`,
  id: `bare_${way}`,
  programs: [],
  queues: [],
  intake: bareIntake(way),
}));

/** The usual way. */
export const TEXTBOOK_SUITE: RivalDescription = {
  name: 'textbook',
  id: 'textbook',
  tables: 'bench/textbook/tables.sql',
  programs: ['order-api', 'inventory', 'email', 'sms'].map(textbook),
  queues: QUEUES,
  outbox: false,
};

/** Everything inside the request. */
export const SYNCHRONOUS_SHOP: RivalDescription = {
  name: 'synchronous',
  id: 'synchronous',
  tables: `${BARE}/tables.sql`,
  programs: [{ name: 'synchronous', file: 'bench/synchronous/shop.mjs' }],
  queues: [],
  outbox: false,
};
