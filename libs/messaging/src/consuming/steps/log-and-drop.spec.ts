import { DatabaseUnavailable } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { deliveryOf } from '../../../../../test/support/deliveries';
import { LogAndDrop } from './log-and-drop';

describe(LogAndDrop.name, () => {
  const channel = { isOpen: true, acknowledge: () => undefined, giveBack: () => undefined };
  const deliveries = ['a', 'b'].map((text) => deliveryOf(text, channel, { messageId: text }));
  const sut = new LogAndDrop();
  let logged: jest.SpyInstance;

  beforeEach(() => (logged = jest.spyOn(Logger.prototype, 'error').mockImplementation()));
  afterEach(() => jest.restoreAllMocks());

  it('is done with what was refused, and logs which message it was and why', async () => {
    const error = new Error('no such mailbox');
    const outcomes = await sut.handle(deliveries, () => Promise.resolve(['done', { refused: error }]));
    expect(outcomes).toEqual(['done', 'dropped']);
    expect(logged.mock.calls).toEqual([
      [
        expect.objectContaining({ messageId: 'b', queue: 'email.order_events', err: error }),
        'failed, and dropped',
      ],
    ]);
  });

  it('drops every message of a batch that fails as a whole', async () => {
    const outcomes = await sut.handle(deliveries, () => Promise.reject(new Error('a bug')));
    expect(outcomes).toEqual(['dropped', 'dropped']);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('drops nothing because the database is away', async () => {
    const handling = sut.handle(deliveries, () => Promise.reject(new DatabaseUnavailable()));
    await expect(handling).rejects.toThrow(DatabaseUnavailable);
    expect(logged).not.toHaveBeenCalled();
  });
});
