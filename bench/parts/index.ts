import type { Bench } from '../bench';
import { intake } from './intake';
import { burst } from './burst';
import { growth } from './growth';
import { latency } from './latency';
import { memory } from './memory';
import { synchronous } from './synchronous';
import { wholeWay } from './whole-way';

export interface Part {
  readonly name: string;
  readonly what: string;
  readonly run: (bench: Bench) => Promise<void>;
}

export const PARTS: readonly Part[] = [
  { name: 'whole', what: 'the whole way of an order, and its CPU by process', run: wholeWay },
  { name: 'intake', what: 'taking orders while no service consumes', run: intake },
  { name: 'latency', what: 'how long an order takes at 100 a second', run: latency },
  { name: 'burst', what: 'five clients at once, and what waits where meanwhile', run: burst },
  { name: 'synchronous', what: 'the same work inside the request', run: synchronous },
  { name: 'memory', what: 'memory of the services, and how soon they are ready', run: memory },
  { name: 'growth', what: 'with ever more orders in the tables', run: growth },
];
