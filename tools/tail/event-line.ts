import { styleText } from 'node:util';
import { EVENT_EXAMPLES } from '@app/contracts';
import type { Screen } from '../console/screen';
import { printable } from '../operations/printable';
import { isRecord, type Members } from './members';
import { whatMatters } from './what-matters';

const TYPE_WIDTH = Math.max(...EVENT_EXAMPLES.map(({ eventClass }) => eventClass.type.length));

type Colour = Parameters<typeof styleText>[0];

/** By the last word of the type: what became of an order is seen without reading. */
const COLOURS: Readonly<Record<string, Colour>> = {
  created: 'cyan',
  confirmed: 'green',
  reserved: 'green',
  rejected: 'red',
  cancelled: 'yellow',
  released: 'yellow',
  low: 'magenta',
  overdue: 'magenta',
};

/** An event for people, in one line: when, what, of which order or product, and what matters of the rest. */
export function eventLine(content: Buffer, { isTTY = false }: Screen = {}): string {
  const event = eventIn(content);
  if (event === undefined)
    return `${timeOf(undefined)}  ${'?'.padEnd(TYPE_WIDTH)}  ${printable(String(content))}`;
  const { type, subject, time, data } = event;
  const name = textOr(type, '?');
  const coloured = (text: string): string => {
    const colour = COLOURS[name.split('.').at(-1) ?? ''];
    return isTTY && colour !== undefined ? styleText(colour, text, { validateStream: false }) : text;
  };
  const words = [textOr(subject, ''), ...whatMatters(isRecord(data) ? data : {})].map(printable);
  return [timeOf(time), coloured(printable(name).padEnd(TYPE_WIDTH)), ...words].join('  ').trimEnd();
}

/** An event for programs, in one line; of what is no JSON, the text as a JSON string. */
export const eventJson = (content: Buffer): string => JSON.stringify(eventIn(content) ?? String(content));

function eventIn(content: Buffer): Members | undefined {
  try {
    const event: unknown = JSON.parse(String(content));
    return isRecord(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

/** The event's own time, as the clock of the wall shows it; now, where it has none. */
function timeOf(time: unknown): string {
  const at = new Date(textOr(time, ''));
  const known = Number.isNaN(at.getTime()) ? new Date() : at;
  const [hours = '', minutes = '', seconds = ''] = [
    known.getHours(),
    known.getMinutes(),
    known.getSeconds(),
  ].map((part) => String(part).padStart(2, '0'));
  return `${hours}:${minutes}:${seconds}.${String(known.getMilliseconds()).padStart(3, '0')}`;
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
