import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsEmail, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { eventually } from '../../../../infra/eventually';
import { UncompilableClass } from '../validation/uncompilable-class';
import { compileBodyClasses } from './body-classes';
import { BODY_LIMIT, jsonAdapter, REQUEST_LIMIT_MS } from './json-adapter';
import { ProblemFilter } from './problem.filter';
import { validationPipe } from './validation.pipe';

class Line {
  @IsString()
  sku: string;
}

class Order {
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines: Line[];

  @IsOptional()
  @IsEmail()
  email?: string;
}

class Page {
  @IsOptional()
  @IsString()
  cursor?: string;
}

class Endless {
  @IsString({ each: true })
  names: string[];
}

@Controller('orders')
class OrdersController {
  @Post()
  place(@Body() order: Order): Order {
    return order;
  }

  @Get()
  list(@Query() page: Page): Page {
    return page;
  }

  @Get(':id')
  get(@Param('id') id: string): object {
    return { id };
  }

  @Post('cancel')
  cancel(): object {
    return {};
  }
}

@Controller()
class EndlessController {
  @Post()
  take(@Body() body: Endless): number {
    return body.names.length;
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

const startWith = async (module: new () => object): Promise<NestFastifyApplication> => {
  const compiled = await Test.createTestingModule({ imports: [module] }).compile();
  const options = { bodyParser: false, logger: false } as const;
  return compiled.createNestApplication<NestFastifyApplication>(jsonAdapter(), options);
};

describe(jsonAdapter.name, () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    app = await startWith(OrdersModule);
    app.useGlobalPipes(validationPipe());
    app.useGlobalFilters(new ProblemFilter());
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });

  afterAll(() => app.close());

  const JSON_TYPE = 'application/json';

  /** Sends it as it is: `fetch` would add a content type. */
  const post = async (body: string | Buffer, contentType?: string, path = '/orders', more: object = {}) => {
    const headers = {
      ...more,
      'content-length': Buffer.byteLength(body),
      ...(contentType && { 'content-type': contentType }),
    };
    const sending = request(url + path, { method: 'POST', headers });
    sending.on('error', () => undefined);
    sending.end(body);
    const [answer]: IncomingMessage[] = await once(sending, 'response');
    if (answer === undefined) throw new Error('There is no answer');
    const received: unknown = await json(answer);
    return { status: answer.statusCode, type: answer.headers['content-type'], body: received };
  };
  const order = (lines: object[], more: object = {}): string => JSON.stringify({ lines, ...more });
  const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  it.each([JSON_TYPE, 'application/json; charset=utf-8', 'Application/JSON'])('takes %s', async (type) => {
    const body = order([{ sku: 'Zoë 🎺' }]);
    expect(await post(body, type)).toMatchObject({ status: 201, body: { lines: [{ sku: 'Zoë 🎺' }] } });
  });

  it('takes no body where none is wanted', async () => {
    expect(await post('', undefined, '/orders/cancel')).toMatchObject({ status: 201 });
  });

  it('takes a body that is as large as the limit', async () => {
    const body = order([{ sku: 'x' }]).padEnd(BODY_LIMIT);
    expect(await post(body, JSON_TYPE)).toMatchObject({ status: 201 });
  });

  it.each<[status: number, what: string, body: string | Buffer, type?: string]>([
    [413, 'a body of a byte more than 64 KiB', order([{ sku: 'x' }]).padEnd(64 * 1024 + 1), JSON_TYPE],
    [413, '260,000 lines', order(Array.from({ length: 260_000 }, () => ({}))), JSON_TYPE],
    [415, 'a body without a content type', order([]), undefined],
    [415, 'a text', order([]), 'text/plain'],
    [415, 'a form', 'lines=1', 'application/x-www-form-urlencoded'],
    [400, 'what is not JSON', '{"email":"ada@example.com"', JSON_TYPE],
    [400, 'no body that is said to be JSON', '', JSON_TYPE],
    [400, 'what is not UTF-8', Buffer.from('{"lines":[{"sku":"\xff"}]}', 'latin1'), JSON_TYPE],
    [
      400,
      'half of a surrogate pair in UTF-8',
      Buffer.from('{"lines":[{"sku":"\xed\xa0\xbc"}]}', 'latin1'),
      JSON_TYPE,
    ],
    [400, '30,000 levels', order([], { more: 0 }).replace('0', lists(30_000)), JSON_TYPE],
    [400, '65,536 levels', '['.repeat(BODY_LIMIT), JSON_TYPE],
    [400, 'a prototype', '{"__proto__":{"lines":[]}}', JSON_TYPE],
    [400, 'an unknown member that every object has', '{"lines":[],"constructor":{"a":"ada@"}}', JSON_TYPE],
    [400, 'one in an item', '{"lines":[{"sku":"x","valueOf":1}]}', JSON_TYPE],
    [400, 'half of a surrogate pair', '{"lines":[],"email":"\\ud83c@example.com"}', JSON_TYPE],
    [400, 'a list', '[]', JSON_TYPE],
    [400, 'null', 'null', JSON_TYPE],
  ])('answers %d to %s, as a small problem, and repeats nothing of it', async (status, _, body, type) => {
    const answer = await post(body, type);
    expect(answer).toMatchObject({ status, body: { status, instance: '/orders' } });
    expect(answer.type).toMatch(/^application\/problem\+json/);
    expect(JSON.stringify(answer.body).length).toBeLessThan(1_000);
    expect(JSON.stringify(answer.body)).not.toMatch(/ada@|ud83c/);
  });

  it('answers 415 to a body that is compressed', async () => {
    const compressed = gzipSync(order([{ sku: 'x' }]));
    const answer = await post(compressed, JSON_TYPE, '/orders', { 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({ status: 415, body: { detail: 'The body must not be compressed' } });
  });

  it.each([
    [400, '/orders/%zz', '/orders/%25zz'],
    [400, '/orders/%F0%9F', '/orders/%F0%9F'],
    [404, '/a|b', '/a%7Cb'],
  ])('answers %d to the path %s, as a problem', async (status, path, instance) => {
    const answer = await fetch(url + path);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ type: 'about:blank', status, instance });
  });

  it.each(['coupon', 'constructor', 'toString', '__proto__'])(
    'answers 400 to the unknown parameter %s',
    async (name) => {
      const answer = await fetch(`${url}/orders?cursor=x&${name}=1`);
      expect(await answer.json()).toMatchObject({
        status: 400,
        errors: [{ path: name, message: `property ${name} should not exist` }],
      });
    },
  );

  it('leaves it to a route how long a part of its path may be', async () => {
    const id = 'x'.repeat(5_000);
    expect(await (await fetch(`${url}/orders/${id}`)).json()).toEqual({ id });
  });

  it('answers with the correlation id of the request also where its path is not well encoded', async () => {
    const answer = await fetch(`${url}/orders/%zz`, { headers: { 'x-correlation-id': 'request-7' } });
    expect(answer.headers.get('x-correlation-id')).toBe('request-7');
  });

  /** Sends bytes as they are, and then one more at a time. @returns the whole answer, once the connection is closed */
  const exchange = async (bytes: string): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    socket.on('error', () => undefined).on('data', (piece) => (answer += String(piece)));
    socket.write(bytes);
    const dribbling = setInterval(() => socket.write('x'), 100);
    await new Promise((closed) => socket.once('close', closed));
    clearInterval(dribbling);
    return answer;
  };

  it.each([
    [400, 'what is not HTTP', 'hello\r\n\r\n'],
    [
      400,
      'two lengths',
      'POST /orders HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n',
    ],
    [400, 'no host', 'GET /orders HTTP/1.1\r\nconnection: close\r\n\r\n'],
    [
      417,
      'an unknown expectation',
      'GET /orders HTTP/1.1\r\nhost: x\r\nexpect: more\r\nconnection: close\r\n\r\n',
    ],
    [431, 'headers of 20 KB', `GET /orders HTTP/1.1\r\nhost: x\r\nx-much: ${'x'.repeat(20_000)}\r\n\r\n`],
  ])('answers %d to %s, and hangs up', async (status, _, bytes) => {
    const answer = await exchange(bytes);
    expect(answer).toMatch(
      new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json.*"status":${status}`, 's'),
    );
  });

  it('answers a client of HTTP 1.0, which need not say its host', async () => {
    expect(await exchange('GET /orders HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  });

  describe('to a request that comes a byte at a time', () => {
    const STARTS = {
      body: 'POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n',
      header: 'POST /orders HTTP/1.1\r\nhost: x\r\nx-slow: ',
    };
    const answers = new Map<string, Promise<{ answer: string; tookMs: number }>>();

    /** Both at once: each is answered when its time is over. */
    beforeAll(() => {
      const began = performance.now();
      const timed = async (start: string) => {
        const answer = await exchange(start);
        return { answer, tookMs: performance.now() - began };
      };
      for (const [part, start] of Object.entries(STARTS)) answers.set(part, timed(start));
    });

    it.each(Object.keys(STARTS))(
      'answers 408 when its time is over, where that is its %s, and hangs up',
      async (part) => {
        const { answer, tookMs } = (await answers.get(part)) ?? {};
        expect(answer).toMatch(/^HTTP\/1.1 408 .*application\/problem\+json/s);
        expect(tookMs).toBeGreaterThan(REQUEST_LIMIT_MS - 100);
        expect(tookMs).toBeLessThan(REQUEST_LIMIT_MS + 2_000);
      },
      REQUEST_LIMIT_MS + 10_000,
    );
  });

  it('looks at no body that is nested deeper than 32 levels', async () => {
    const detailOf = async (body: string): Promise<unknown> =>
      Object((await post(body, JSON_TYPE)).body).detail;
    expect(await detailOf(lists(32))).toContain('see errors');
    expect(await detailOf(lists(33))).toBe('The body is nested deeper than 32 levels');
  });

  it('answers as many lines as fit into a body by their number alone, and in milliseconds of CPU time', async () => {
    const body = order(Array.from({ length: 21_000 }, () => ({})));
    await post(body, JSON_TYPE);
    const before = process.cpuUsage();
    const answer = await post(body, JSON_TYPE);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(250);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body).length).toBeLessThan(4_000);
    expect(answer.body).toMatchObject({
      errors: expect.arrayContaining([
        { path: 'lines', message: 'lines must contain no more than 100 elements' },
      ]),
    });
  });

  it('lists 20 errors, says how many more there are, and shortens the names that the caller made up', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `${index}-${'x'.repeat(1_000)}`);
    const { body } = await post(order([], Object.fromEntries(names.map((name) => [name, 1]))), JSON_TYPE);
    expect(body).toMatchObject({ detail: expect.stringContaining('… and 10 more') });
    expect(Object(body).errors).toHaveLength(20);
    expect(JSON.stringify(body).length).toBeLessThan(10_000);
  });
});

describe('A stop of the server', () => {
  /** For so long a client may keep a connection on which it asks nothing. */
  const KEEP_ALIVE_MS = 72_000;

  let release: () => void;
  let held: Promise<void>;

  @Controller('slow')
  class SlowController {
    @Post()
    async answer(): Promise<string> {
      await held;
      return 'answered';
    }
  }

  @Module({ controllers: [SlowController] })
  class SlowModule {}

  let app: NestFastifyApplication;
  let socket: Socket;
  let answers: Promise<string>;

  const ask = async (): Promise<void> => {
    const arrived = once(app.getHttpServer(), 'request');
    socket.write('POST /slow HTTP/1.1\r\nhost: x\r\n\r\n');
    await arrived;
  };

  beforeEach(async () => {
    held = new Promise<void>((resolve) => (release = resolve));
    app = await startWith(SlowModule);
    await app.listen(0, '127.0.0.1');
    socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    answers = text(socket);
    await ask();
  });

  const stop = async (meanwhile: () => Promise<void>): Promise<number> => {
    const began = performance.now();
    const stopped = app.close();
    await eventually(() => expect(app.getHttpServer().listening).toBe(false));
    await meanwhile();
    release();
    await stopped;
    return performance.now() - began;
  };

  it('answers what has begun, and does not wait for a client that keeps its connection', async () => {
    expect(await stop(() => Promise.resolve())).toBeLessThan(KEEP_ALIVE_MS / 2);
    expect((await answers).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 201']);
  });

  it('answers what still comes on a connection that has another request under way', async () => {
    await stop(ask);
    expect((await answers).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 201']);
  });
});

describe(compileBodyClasses.name, () => {
  @Module({ controllers: [EndlessController] })
  class EndlessModule {}

  it('finds a mistake in the class of a body at the start', async () => {
    const app = await startWith(EndlessModule);
    expect(() => compileBodyClasses(app)).toThrow(UncompilableClass);
    expect(() => compileBodyClasses(app)).toThrow('@IsArray of Endless.names');
  });

  it('accepts the others', async () => {
    const app = await startWith(OrdersModule);
    expect(() => compileBodyClasses(app)).not.toThrow();
  });
});
