import { EmailTask } from '@app/contracts';
import { deliveryOf } from '../../../../../test/support/deliveries';
import { Delivery } from '@app/amqp';
import { InvalidData } from '../../failures/invalid-message';
import { NeedsMessageId } from '../../failures/needs-message-id';
import { Received } from '../../pipeline/received';
import { ReadTasks } from './read-tasks';

const TASK = { to: 'ada@example.com', subject: 'Hello', content: 'How are you?' };

describe(ReadTasks.name, () => {
  const handler = { name: 'EmailTasks.send', handle: () => Promise.resolve([]) };
  const sut = new ReadTasks(EmailTask, handler);
  const channel = { isOpen: true, acknowledge: () => undefined, giveBack: () => undefined };
  const task = (body: object, messageId?: string) => deliveryOf(JSON.stringify(body), channel, { messageId });

  const again = ({ queue, message }: Delivery) =>
    new Delivery(queue, { ...message, fields: { ...message.fields, redelivered: true } }, channel);

  const read = async (...deliveries: Parameters<typeof sut.handle>[0]) => {
    const passed: Received[] = [];
    const outcomes = await sut.handle(deliveries, (messages) => {
      passed.push(...messages);
      return Promise.resolve(messages.map(() => 'done'));
    });
    return { passed, outcomes };
  };

  it('hands on a task under its message id', async () => {
    const { passed } = await read(task(TASK, 'task-1'));
    expect(passed).toMatchObject([{ id: 'task-1', data: TASK, handler }]);
  });

  it('gives a task without a message id an id of its own, so that it is never taken for a repeat', async () => {
    const { passed } = await read(task(TASK), task(TASK));
    expect(new Set(passed.map(({ id }) => id)).size).toBe(2);
  });

  it('lets a task that comes again have a message id first', async () => {
    const { passed, outcomes } = await read(again(task(TASK)), again(task(TASK, 'task-1')));
    expect(passed.map(({ id }) => id)).toEqual(['task-1']);
    expect(outcomes).toEqual([{ refused: expect.any(NeedsMessageId) }, 'done']);
  });

  it('refuses a task that is not valid, without its neighbours', async () => {
    const { passed, outcomes } = await read(task({ ...TASK, to: 'nobody' }), task(TASK, 'task-2'));
    expect(passed.map(({ id }) => id)).toEqual(['task-2']);
    expect(outcomes).toEqual([{ refused: expect.any(InvalidData) }, 'done']);
  });
});
