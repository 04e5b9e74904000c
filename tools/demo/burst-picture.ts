import type { Screen } from '../console/screen';
import { inColourOf } from '../console/source-colours';

/** How many messages wait for a service. */
export interface Waiting {
  readonly service: string;
  readonly messages: number;
}

/** How a burst stands. */
export interface BurstState {
  readonly seconds: number;
  readonly placed: number;
  readonly orders: number;
  readonly queues: readonly Waiting[];
  /** The most messages that any of the queues has had. */
  readonly highest: number;
}

const USUAL_WIDTH = 100;
const COUNT_WIDTH = 8;

/** A bar for each queue, of which the highest ever is as wide as the screen. */
export function burstPicture(
  state: BurstState,
  { isTTY = false, columns = USUAL_WIDTH }: Screen = {},
): string {
  const services = state.queues.map(({ service }) => service);
  const nameWidth = Math.max(...services.map(({ length }) => length));
  const room = Math.max(10, columns - nameWidth - COUNT_WIDTH - 6);
  const bars = state.queues.map(({ service, messages }) => {
    const length = Math.ceil((messages / Math.max(state.highest, 1)) * room);
    const bar = '█'.repeat(length);
    const text = `  ${service.padEnd(nameWidth)}${count(messages).padStart(COUNT_WIDTH)}  `;
    return text + (isTTY ? inColourOf(service, services, bar) : bar);
  });
  return [`  ${progress(state)}`, '', ...bars].map((line) => line.trimEnd()).join('\n');
}

/** The same for a file or a pipe, in one line. */
export const burstLine = (state: BurstState): string =>
  `  ${progress(state)}; waiting: ${state.queues.map(({ service, messages }) => `${service} ${count(messages)}`).join(', ')}`;

/** `1,204` */
export const count = (number: number): string => number.toLocaleString('en');

const progress = ({ seconds, placed, orders }: BurstState): string =>
  `${seconds.toFixed(1).padStart(5)} s  ${count(placed)} of ${count(orders)} orders accepted`;
