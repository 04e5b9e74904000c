import { Body, ConflictException, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DomainError, type DomainErrorKind } from '../errors/domain-error';
import { ProblemFilter } from './problem.filter';
import { validationPipe } from './validation.pipe';

class Line {
  @IsString()
  @IsNotEmpty()
  sku: string;

  @IsInt()
  @Min(1)
  quantity: number;
}

class PlaceOrder {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(2)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines: Line[];
}

class PageQuery {
  @Type(() => Number)
  @IsInt()
  @Max(100)
  limit: number = 20;
}

class Refused extends DomainError {
  readonly code = 'ORDER_REFUSED';

  constructor(
    readonly kind: DomainErrorKind,
    override readonly retryAfterSeconds?: number,
  ) {
    super('The order is refused.');
  }
}

const SECRET = 'select password from users';

@Controller('orders')
class OrdersController {
  @Post()
  place(@Body() order: PlaceOrder): { lines: number } {
    return { lines: order.lines.length };
  }

  @Get()
  list(@Query() { limit }: PageQuery): { limit: number } {
    return { limit };
  }

  @Get('refused/:kind')
  refuse(@Param('kind') kind: DomainErrorKind): never {
    throw new Refused(kind, kind === 'unavailable' ? 5 : undefined);
  }

  @Get('conflict')
  conflict(): never {
    throw new ConflictException('Somebody was faster.');
  }

  @Get('broken')
  fail(): never {
    throw new Error(SECRET);
  }

  @Get('thrown')
  throwText(): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- as some library may
    throw SECRET;
  }

  @Get('posing')
  pose(): never {
    throw Object.assign(new Error(SECRET), { statusCode: 503 });
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

describe(ProblemFilter.name, () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [OrdersModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ bodyLimit: 1_000 }), {
      logger: false,
    });
    app.useGlobalPipes(validationPipe());
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
  });

  afterAll(() => app.close());

  const get = (url: string) => app.inject({ method: 'GET', url });
  const post = (payload: object | string) =>
    app.inject({
      method: 'POST',
      url: '/orders',
      payload,
      headers: { 'content-type': 'application/json' },
    });
  const line = { sku: 'ROCKET-SHIP', quantity: 1 };

  it('leaves good requests alone', async () => {
    const answer = await post({ lines: [line] });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ lines: 1 });
  });

  it('names the path and the reason of every invalid member', async () => {
    const answer = await post({ lines: [line, { sku: '', quantity: 0 }] });

    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toEqual({
      type: 'https://order-events.example/problems/invalid-request',
      title: 'Bad Request',
      status: 400,
      detail: expect.any(String),
      instance: '/orders',
      errors: [
        { path: 'lines[1].sku', message: expect.stringContaining('empty') },
        { path: 'lines[1].quantity', message: expect.stringContaining('less than 1') },
      ],
    });
  });

  it.each<[what: string, body: object, path: string]>([
    ['an unknown member', { lines: [line], price: 1 }, 'price'],
    ['an unknown member further down', { lines: [{ ...line, price: 1 }] }, 'lines[0].price'],
    ['a missing member', {}, 'lines'],
    ['a number that is a text', { lines: [{ ...line, quantity: '1' }] }, 'lines[0].quantity'],
    ['an element that is none', { lines: [null] }, 'lines[0]'],
    ['a body that is a list', [], ''],
  ])('refuses %s', async (_, body, path) => {
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    if (path !== '') expect(answer.json().errors).toContainEqual({ path, message: expect.any(String) });
  });

  it('names a bad query parameter, and leaves the query out of the instance', async () => {
    const answer = await get('/orders?limit=1000');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      instance: '/orders',
      errors: [{ path: 'limit', message: expect.any(String) }],
    });
  });

  it.each([
    ['not-found', 404, 'Not Found'],
    ['conflict', 409, 'Conflict'],
    ['unprocessable', 422, 'Unprocessable Entity'],
    ['unavailable', 503, 'Service Unavailable'],
  ])('answers a domain error of kind %s with %d and its code', async (kind, status, title) => {
    const answer = await get(`/orders/refused/${kind}`);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({
      type: 'https://order-events.example/problems/order-refused',
      title,
      status,
      detail: 'The order is refused.',
      instance: `/orders/refused/${kind}`,
    });
  });

  it('says when to come back, where the error knows', async () => {
    expect((await get('/orders/refused/unavailable')).headers['retry-after']).toBe('5');
    expect((await get('/orders/refused/conflict')).headers).not.toHaveProperty('retry-after');
  });

  it.each<[what: string, ask: () => ReturnType<typeof get>, status: number]>([
    ['an unknown route', () => get('/nowhere'), 404],
    ["one of Nest's own errors", () => get('/orders/conflict'), 409],
    ['malformed JSON', () => post('{ "lines": ['), 400],
    ['a body that is too large', () => post({ lines: [line], padding: 'x'.repeat(2_000) }), 413],
    [
      'a media type that is not supported',
      () =>
        app.inject({ method: 'POST', url: '/orders', payload: 'x', headers: { 'content-type': 'text/xml' } }),
      415,
    ],
  ])('answers %s as a problem', async (_, ask, status) => {
    const answer = await ask();
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: expect.any(String),
      status,
      detail: expect.any(String),
      instance: expect.stringMatching(/^\//),
    });
  });

  it.each(['broken', 'thrown', 'posing'])(
    'tells nothing of an unexpected error, neither text nor stack: %s',
    async (path) => {
      const answer = await get(`/orders/${path}`);
      expect(answer.statusCode).toBe(500);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.json()).toMatchObject({ title: 'Internal Server Error', status: 500 });
      expect(answer.payload).not.toMatch(/select|at .*:\d+/);
    },
  );
});
