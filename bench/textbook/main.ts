import 'reflect-metadata';
import { ValidationPipe, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { InventoryModule } from './inventory';
import { EmailModule, SmsModule } from './notifications';
import { OrderApiModule } from './orders';

const MODULES: Readonly<Record<string, Type>> = {
  'order-api': OrderApiModule,
  inventory: InventoryModule,
  email: EmailModule,
  sms: SmsModule,
};

/** `node main.js order-api`, and so on. */
async function main([name = '']: readonly string[]): Promise<void> {
  const module = MODULES[name];
  if (module === undefined) throw new Error(`There is no service "${name}".`);
  const app = await NestFactory.create(module, new ExpressAdapter(), { logger: ['error', 'warn'] });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.enableShutdownHooks();
  await app.listen(Number(process.env.PORT), '127.0.0.1');
  console.log('ready');
}

void main(process.argv.slice(2));
