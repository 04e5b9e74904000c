import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { SmsGatewayModule } from './sms-gateway.module';

async function main(): Promise<void> {
  // An answer that a fault holds back must not hold back the end of the process.
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(SmsGatewayModule, adapter);
  app.enableShutdownHooks([], { useProcessExit: true });
  // Only a process that was started with Node's IPC channel hears this: the process that supervised it has ended.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  await app.listen(Number(process.env.PORT ?? 3005), process.env.HOST ?? '127.0.0.1');
}

void main();
