import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Post } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { useHttpContext } from './http-context';
import { currentContext, type WorkContext } from '../context/work-context';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

@Controller('context')
class ContextController {
  @Get()
  async get(): Promise<WorkContext | undefined> {
    await sleep(1);
    return currentContext();
  }

  @Post()
  post(): WorkContext | undefined {
    return currentContext();
  }
}

describe(useHttpContext.name, () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [ContextController] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    useHttpContext(app);
    await app.init();
  });

  afterAll(() => app.close());

  const get = (headers: Record<string, string> = {}) => app.inject({ url: '/context', headers });

  it("takes the caller's correlation id for the work, and answers with it", async () => {
    const answer = await get({ 'x-correlation-id': 'checkout-4711' });
    expect(answer.headers['x-correlation-id']).toBe('checkout-4711');
    expect(answer.json()).toMatchObject({ correlationId: 'checkout-4711' });
  });

  it('makes one where the caller gives none', async () => {
    const answer = await get();
    expect(answer.headers['x-correlation-id']).toMatch(UUID);
    expect(answer.json()).toMatchObject({ correlationId: answer.headers['x-correlation-id'] });
  });

  it.each(['', 'two words', 'x'.repeat(129), '{"level":"error"}', 'ä'])(
    'replaces what does not belong into a log: %j',
    async (given) => {
      expect((await get({ 'x-correlation-id': given })).headers['x-correlation-id']).toMatch(UUID);
    },
  );

  it('answers with it also where there is no such route', async () => {
    const answer = await app.inject({ url: '/nowhere', headers: { 'x-correlation-id': 'lost-1' } });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['x-correlation-id']).toBe('lost-1');
  });

  it('holds for a request with a body', async () => {
    const headers = { 'x-correlation-id': 'with-body' };
    const answer = await app.inject({ method: 'POST', url: '/context', headers, payload: { a: 1 } });
    expect(answer.json()).toMatchObject({ correlationId: 'with-body' });
  });

  it('carries the trace on, state and all', async () => {
    const answer = await get({ traceparent: TRACEPARENT, tracestate: 'vendor=1' });
    expect(answer.json()).toMatchObject({ traceparent: TRACEPARENT, tracestate: 'vendor=1' });
  });

  it('starts a trace where there is none', async () => {
    const context = (await get()).json();
    expect(context.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    expect(context).not.toHaveProperty('tracestate');
  });

  it('keeps requests apart that run at the same time', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `request-${index}`);
    const answers = await Promise.all(ids.map((id) => get({ 'x-correlation-id': id })));
    expect(answers.map((answer) => answer.json<WorkContext>().correlationId)).toEqual(ids);
  });

  it('is gone outside a request', () => {
    expect(currentContext()).toBeUndefined();
  });
});
