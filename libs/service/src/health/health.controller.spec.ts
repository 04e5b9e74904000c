import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthController } from './health.controller';
import { Readiness, type Health } from './readiness';

describe(HealthController.name, () => {
  let app: NestFastifyApplication;
  let database: Health;

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      controllers: [HealthController],
      providers: [Readiness],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    app.get(Readiness).register({ name: 'database', health: () => database });
    await app.init();
  });

  afterAll(() => app.close());

  it.each<[Health, number, string]>([
    ['up', 200, 'ok'],
    ['degraded', 200, 'degraded'],
    ['down', 503, 'unavailable'],
  ])('is ready with a database that is %s: %d', async (health, statusCode, status) => {
    database = health;
    const answer = await app.inject('/health/ready');
    expect(answer.statusCode).toBe(statusCode);
    expect(answer.json()).toEqual({ status, checks: { database: health } });
  });

  it('is alive also where it is not ready', async () => {
    database = 'down';
    const answer = await app.inject('/health/live');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'ok' });
  });
});
