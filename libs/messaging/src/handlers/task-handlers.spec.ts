import { EMAIL_TASKS, EmailTask } from '@app/contracts';
import { Injectable, Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { HandlerDiscovery } from './handler-discovery';
import { OnTask } from './on-task.decorator';
import { SubscriptionMissing } from './subscription-missing';
import { TaskHandlerMissing, TaskHandlers } from './task-handlers';

@Injectable()
class EmailWorker {
  @OnTask(EmailTask)
  send(_task: EmailTask): Promise<void> {
    return Promise.resolve();
  }
}

@Injectable()
class OtherEmailWorker {
  @OnTask(EmailTask)
  write(_task: EmailTask): Promise<void> {
    return Promise.resolve();
  }
}

describe(TaskHandlers.name, () => {
  const boot = async (...providers: Provider[]): Promise<TaskHandlers> => {
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [TaskHandlers, HandlerDiscovery, ...providers],
    }).compile();
    return module.get(TaskHandlers);
  };

  it('finds the method that does the tasks of a queue', async () => {
    const sut = await boot(EmailWorker);
    expect(sut.of(EmailTask).name).toBe('EmailWorker.send');
    expect(() => sut.assertAllSubscribed()).not.toThrow();
  });

  it.each<[count: number, providers: Provider[]]>([
    [0, []],
    [2, [EmailWorker, OtherEmailWorker]],
  ])('refuses to work on a queue with %i of them', async (count, providers) => {
    const sut = await boot(...providers);
    expect(() => sut.of(EmailTask)).toThrow(new TaskHandlerMissing(EMAIL_TASKS, count));
  });

  it('refuses a method for the tasks of a queue that is not worked on', async () => {
    const sut = await boot(EmailWorker);
    expect(() => sut.assertAllSubscribed()).toThrow(SubscriptionMissing);
    expect(() => sut.assertAllSubscribed()).toThrow(`EmailWorker.send is for the tasks of ${EMAIL_TASKS}`);
  });
});
