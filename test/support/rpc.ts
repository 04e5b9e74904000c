import { AVAILABILITY, Availability, AvailabilityQuery } from '@app/contracts';
import { BrokerConfig } from '@app/amqp';
import { answerRpc, RpcClient } from '@app/messaging';
import { ServiceName } from '@app/service';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** Answers each question with the length of its SKU, and keeps the questions. */
export interface Answerer {
  readonly asked: string[];
  readonly app: NestFastifyApplication;
}

/** Answers as inventory does. Resolves when it has started, with or without its broker. */
export async function startAnswerer(brokerUrl: string): Promise<Answerer> {
  const asked: string[] = [];

  @Controller()
  class AnswersController {
    @MessagePattern(AVAILABILITY)
    available(@Payload() { sku }: AvailabilityQuery): Availability {
      asked.push(sku);
      return { available: sku.length };
    }
  }

  @Module({ controllers: [AnswersController], providers: [...settingsOf('inventory', brokerUrl)] })
  class AnswererModule {}

  const adapter = new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(AnswererModule, adapter, { logger: false });
  answerRpc(AVAILABILITY)(app);
  await app.init();
  return { asked, app };
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
];
