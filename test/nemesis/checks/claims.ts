import { acceptedOrders } from './accepted-orders';
import { answers } from './answers';
import { askedOnce } from './asked-once';
import { atRest } from './at-rest';
import type { Claim } from './claim';
import { deadLetters } from './dead-letters';
import { decidedOnce } from './decided-once';
import { effects } from './effects';
import { newsInOrder } from './news-in-order';
import { notices } from './notices';
import { repeatedSends } from './repeated-sends';
import { stock } from './stock';
import { versions } from './versions';

/** All that must hold after a run. */
export const CLAIMS: readonly Claim[] = [
  acceptedOrders,
  askedOnce,
  answers,
  decidedOnce,
  versions,
  stock,
  effects,
  notices,
  newsInOrder,
  repeatedSends,
  deadLetters,
  atRest,
];
