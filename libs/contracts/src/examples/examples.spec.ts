import { validate } from 'class-validator';
import { plainToInstance } from 'class-transformer';
import * as contracts from '../index';
import { EVENT_EXAMPLES } from './event-examples';
import { MESSAGE_EXAMPLES } from './message-examples';

/** Of an event or a task: `type` or `queue`, which no other class of this library has. */
const isMessage = (exported: unknown): boolean =>
  typeof exported === 'function' && ('type' in exported || 'queue' in exported);

const EXAMPLES: readonly { readonly messageClass: new () => object; readonly message: object }[] = [
  ...EVENT_EXAMPLES.map(({ eventClass, data }) => ({ messageClass: eventClass, message: data })),
  ...MESSAGE_EXAMPLES,
];

describe('The examples', () => {
  it('show every event and every task: what has no example has no published schema', () => {
    const shown = new Set<unknown>(EXAMPLES.map(({ messageClass }) => messageClass));
    const messages = Object.entries(contracts).filter(([, exported]) => isMessage(exported));
    expect(messages.filter(([, exported]) => !shown.has(exported)).map(([name]) => name)).toEqual([]);
    expect(messages.length).toBeGreaterThan(9);
  });

  it.each(EXAMPLES.map((example) => [example.messageClass.name, example] as const))(
    'of %s is valid, and has no member that the class does not know',
    async (_, { messageClass, message }) => {
      const instance = plainToInstance(messageClass, message);
      expect(await validate(instance, { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
    },
  );
});
