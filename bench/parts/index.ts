import type { Bench } from '../bench';
import { intake } from './intake';
import { wholeWay } from './whole-way';

export interface Part {
  readonly name: string;
  readonly what: string;
  readonly run: (bench: Bench) => Promise<void>;
}

export const PARTS: readonly Part[] = [
  { name: 'whole', what: 'the whole way of an order, and its CPU by process', run: wholeWay },
  { name: 'intake', what: 'taking orders while nobody consumes', run: intake },
];
