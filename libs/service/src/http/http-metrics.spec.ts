import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Registry } from 'prom-client';
import { Scrape } from '../../../../test/support/scrape';
import { MetricsController } from '../metrics/metrics.controller';
import { newRegistry } from '../metrics/metrics-registry';
import { useHttpMetrics } from './http-metrics';

const SLOW_MS = 100;

@Controller()
class ShopController {
  @Get('orders/:id')
  get(@Param('id') id: string): string {
    if (id === 'none') throw new NotFoundException();
    return id;
  }

  @Get('slow')
  async slow(): Promise<void> {
    await sleep(SLOW_MS);
  }

  @Get('health/live')
  live(): object {
    return {};
  }
}

const COUNT = 'http_request_duration_seconds_count';
const SUM = 'http_request_duration_seconds_sum';

const start = async (): Promise<NestFastifyApplication> => {
  const module = await Test.createTestingModule({
    controllers: [ShopController, MetricsController],
    providers: [{ provide: Registry, useFactory: newRegistry }],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  useHttpMetrics(app);
  await app.init();
  return app;
};

describe(useHttpMetrics.name, () => {
  let app: NestFastifyApplication;

  beforeEach(async () => {
    app = await start();
  });

  afterEach(() => app.close());

  const scraped = async (): Promise<Scrape> => new Scrape((await app.inject('/metrics')).body);

  it('counts requests by their method, their route and their status', async () => {
    for (const path of ['/orders/7', '/orders/8?token=secret', '/orders/none']) await app.inject(path);
    const scrape = await scraped();
    const route = { method: 'GET', route: '/orders/:id' };
    expect(scrape.by('status', COUNT, route)).toEqual({ 200: 2, 404: 1 });
    expect(scrape.sum(SUM, route)).toBeGreaterThan(0);
  });

  it('measures seconds', async () => {
    await app.inject('/slow');
    const seconds = (await scraped()).sum(SUM, { route: '/slow' });
    expect(seconds).toBeGreaterThan((0.9 * SLOW_MS) / 1_000);
    expect(seconds).toBeLessThan((50 * SLOW_MS) / 1_000);
  });

  it('has one name for all paths that there are not', async () => {
    for (const path of ['/nowhere', '/elsewhere/1', '/elsewhere/2']) await app.inject(path);
    expect((await scraped()).by('route', COUNT)).toEqual({ none: 3 });
  });

  it('does not count what watches the service', async () => {
    for (const path of ['/health/live', '/metrics']) await app.inject(path);
    expect((await scraped()).by('route', COUNT)).toEqual({});
  });

  it('counts for each app of a process by itself', async () => {
    const other = await start();
    await other.inject('/orders/7');
    expect((await scraped()).by('route', COUNT)).toEqual({});
    await other.close();
  });
});

describe(MetricsController.name, () => {
  it('answers in the text format of Prometheus, and tells of the process too', async () => {
    const app = await start();
    const { headers, body } = await app.inject('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(new Scrape(body).names).toContain('nodejs_eventloop_lag_p99_seconds');
    await app.close();
  });
});
