import { BrokerConfig, connectionManagerOptions } from '@app/amqp';
import { inClientSpan, ServiceName, WorkContext } from '@app/service';
import {
  FactoryProvider,
  InjectionToken,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { RmqRecordBuilder } from '@nestjs/microservices';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { firstValueFrom, timeout } from 'rxjs';
import { PatientClientRmq } from './patient-client-rmq';
import { headersOf } from './question-context';
import { rpcSpan } from './rpc-spans';

/** A question that got no (valid) answer in time. */
export class RpcUnanswered extends Error {
  readonly code = 'RPC_UNANSWERED';
}

/**
 * Asks the service behind a queue and waits for its answer. Has a connection of its own, and does not wait for it: a question
 * while the broker is away or takes no messages fails at once.
 */
export class RpcClient implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly client: PatientClientRmq;
  private blocked = false;

  constructor(
    private readonly queue: string,
    { rabbitmqUrl: urls }: BrokerConfig,
    { value: service }: ServiceName,
  ) {
    const socketOptions = connectionManagerOptions(service, 'asking');
    this.client = new PatientClientRmq(queue, { urls, socketOptions });
  }

  onApplicationBootstrap(): void {
    this.client.status.subscribe((status) => (this.blocked = isBlocked(status)));
    void this.client.connect().catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }

  /**
   * @param limitMs how long to wait; the broker drops a question that no process took up by then
   * @throws RpcUnanswered
   */
  ask<Answer extends object>(
    question: object,
    answerClass: new () => Answer,
    limitMs: number,
  ): Promise<Answer> {
    return inClientSpan(rpcSpan('ask', this.queue), async (context) =>
      validAnswer(answerClass, await this.send(question, limitMs, context)),
    );
  }

  private async send(question: object, limitMs: number, context: WorkContext | undefined): Promise<object> {
    if (this.blocked || !this.client.isReady) throw new RpcUnanswered('The broker takes no questions now');
    const record = new RmqRecordBuilder(question)
      .setOptions({ expiration: limitMs, headers: headersOf(context) })
      .build();
    return firstValueFrom(this.client.send<object>(this.queue, record).pipe(timeout(limitMs))).catch(
      (error: unknown) => {
        throw new RpcUnanswered(`${this.queue} did not answer within ${limitMs} ms`, { cause: error });
      },
    );
  }
}

/**
 * Provides the client of one queue.
 * @param token what it is injected by; a module that asks on several queues gives each its own
 */
export const rpcClient = (queue: string, token: InjectionToken = RpcClient): FactoryProvider<RpcClient> => ({
  provide: token,
  inject: [BrokerConfig, ServiceName],
  useFactory: (config: BrokerConfig, service: ServiceName) => new RpcClient(queue, config, service),
});

function validAnswer<Answer extends object>(answerClass: new () => Answer, answer: object): Answer {
  const instance = plainToInstance(answerClass, answer);
  if (validateSync(instance).length > 0) throw new RpcUnanswered('The answer is not valid');
  return instance;
}

/** Nest's statuses are a `const enum` that is not there at run time. */
const isBlocked = (status: string): boolean => status === 'blocked';
