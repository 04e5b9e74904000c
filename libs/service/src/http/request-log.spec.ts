import { Controller, Get, HttpCode, Logger, Param, Post } from '@nestjs/common';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { eventually } from '../../../../infra/eventually';
import { useHttpContext } from './http-context';
import { currentContext } from '../context/work-context';
import { useRequestLog } from './request-log';

@Controller()
class ShopController {
  @Post('orders')
  @HttpCode(201)
  place(): object {
    return {};
  }

  @Get('orders/:id')
  get(@Param('id') id: string): string {
    return id;
  }

  @Get('health/live')
  live(): object {
    return {};
  }
}

describe(useRequestLog.name, () => {
  let app: NestFastifyApplication;
  let lines: { text: unknown; correlationId: unknown }[];

  beforeEach(async () => {
    const module = await Test.createTestingModule({ controllers: [ShopController] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    useHttpContext(app);
    useRequestLog(app);
    await app.init();
    lines = [];
    jest.spyOn(Logger.prototype, 'log').mockImplementation((_: unknown, text: unknown) => {
      lines.push({ text, correlationId: currentContext()?.correlationId });
    });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  const place = (id: string) =>
    app.inject({ method: 'POST', url: '/orders', headers: { 'x-correlation-id': id } });

  it('says what was asked and answered, in the context of the request, and nothing of the query', async () => {
    await app.inject({ url: '/orders/7?token=secret', headers: { 'x-correlation-id': 'ada-1' } });
    await eventually(() => lines.length > 0);
    expect(lines).toEqual([{ text: 'GET /orders/7 200', correlationId: 'ada-1' }]);
  });

  it('counts those that come together, by their route and their answer', async () => {
    for (const id of ['a', 'b']) await place(id);
    for (const path of ['/orders/7', '/nowhere']) await app.inject(path);
    await eventually(() => lines.length > 0);
    expect(lines).toEqual([
      {
        text: '2 × POST /orders 201, 1 × GET /orders/:id 200, 1 × GET /nowhere 404',
        correlationId: undefined,
      },
    ]);
  });

  it('is silent about health checks', async () => {
    await app.inject('/health/live');
    await app.inject('/orders/7');
    await eventually(() => lines.length > 0);
    expect(lines.map(({ text }) => text)).toEqual(['GET /orders/7 200']);
  });
});
