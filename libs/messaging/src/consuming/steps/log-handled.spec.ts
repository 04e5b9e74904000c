import { Logger } from '@nestjs/common';
import { received } from '../../../../../test/support/received';
import { Received } from '../../pipeline/received';
import { Outcome } from '../../pipeline/step';
import { LogHandled } from './log-handled';

describe(LogHandled.name, () => {
  let lines: unknown[][];

  beforeEach(() => {
    jest.useFakeTimers();
    lines = [];
    jest.spyOn(Logger.prototype, 'log').mockImplementation((...line: unknown[]) => void lines.push(line));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  const handle = (sut: LogHandled, messages: readonly Received[], outcome: Outcome = 'done') =>
    sut.handle(messages, () => Promise.resolve(messages.map(() => outcome)));

  it('tells of a lone message by its type, its subject and its handler', async () => {
    await handle(new LogHandled('email.order_events'), [received({ id: '1', subject: 'order 7' })]);
    jest.runAllTimers();
    expect(lines).toEqual([
      [expect.objectContaining({ event: '1', subject: 'order 7' }), 'order.confirmed handled by nobody'],
    ]);
  });

  it('tells of many in one line, which lists their ids', async () => {
    const sut = new LogHandled('email.order_events');
    await handle(sut, [received({ id: '1' }), received({ id: '2' })]);
    await handle(sut, [received({ id: '3' })]);
    jest.runAllTimers();
    expect(lines).toEqual([
      [expect.objectContaining({ events: ['1', '2', '3'] }), 'handled 3 order.confirmed'],
    ]);
  });

  it('says nothing of what was refused or given back', async () => {
    const sut = new LogHandled('email.order_events');
    await handle(sut, [received()], { refused: new Error('no') });
    await handle(sut, [received()], 'give back');
    jest.runAllTimers();
    expect(lines).toEqual([]);
  });
});
