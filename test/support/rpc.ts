import { AVAILABILITY, Availability, AvailabilityQuery } from '@app/contracts';
import { BrokerConfig } from '@app/amqp';
import { answerRpc, OnQuestion, RpcClient } from '@app/messaging';
import { DatabaseConfig } from '@app/persistence';
import { currentContext, ServiceName, type WorkContext } from '@app/service';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Payload } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** Of the database that the answerer would ask. */
export const POOL_SIZE = 20;

/** Answers each question with the length of its SKU once `held` is fulfilled, and keeps the questions. */
export interface Answerer {
  readonly asked: string[];
  /** What each question was answered in. */
  readonly contexts: (WorkContext | undefined)[];
  held: Promise<void>;
  readonly app: NestFastifyApplication;
}

/** Answers as inventory does. Resolves when it has started, with or without its broker. */
export async function startAnswerer(brokerUrl: string): Promise<Answerer> {
  const asked: string[] = [];
  const contexts: (WorkContext | undefined)[] = [];
  const answering = { asked, contexts, held: Promise.resolve() };

  @Controller()
  class AnswersController {
    @OnQuestion(AVAILABILITY)
    async available(@Payload() { sku }: AvailabilityQuery): Promise<Availability> {
      asked.push(sku);
      contexts.push(currentContext());
      await answering.held;
      return { available: sku.length };
    }
  }

  @Module({ controllers: [AnswersController], providers: settingsOf('inventory', brokerUrl) })
  class AnswererModule {}

  const adapter = new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(AnswererModule, adapter, { logger: false });
  answerRpc(AVAILABILITY)(app);
  await app.init();
  return Object.assign(answering, { app });
}

/** Asks as the order API does. */
export function startAsker(brokerUrl: string): RpcClient {
  const asker = new RpcClient(AVAILABILITY, configOf(brokerUrl), new ServiceName('order-api'));
  asker.onApplicationBootstrap();
  return asker;
}

const configOf = (brokerUrl: string): BrokerConfig =>
  Object.assign(new BrokerConfig(), { rabbitmqUrl: [brokerUrl] });

const settingsOf = (service: string, brokerUrl: string) => [
  { provide: ServiceName, useValue: new ServiceName(service) },
  { provide: BrokerConfig, useValue: configOf(brokerUrl) },
  { provide: DatabaseConfig, useValue: Object.assign(new DatabaseConfig(), { databasePoolSize: POOL_SIZE }) },
];
