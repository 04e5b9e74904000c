import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { OrderApiModule } from './order-api.module';
import { openApiOf } from './docs/open-api';
import { OrdersModule } from './orders/orders.module';
import { ProductsModule } from './products/products.module';

/** Prints the OpenAPI document. Nothing is started for it: Nest only looks at the classes. */
async function print(): Promise<void> {
  const app = await NestFactory.create(OrderApiModule, new FastifyAdapter(), {
    preview: true,
    logger: false,
  });
  process.stdout.write(JSON.stringify(openApiOf(app, [OrdersModule, ProductsModule])));
}

void print();
