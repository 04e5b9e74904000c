import { randomUUID } from 'node:crypto';
import { CLOUD_EVENT_CONTENT_TYPE, dataSchemaOf, type CloudEvent, type Exchange } from '@app/contracts';
import { connect, type Options } from 'amqplib';
import { waitUntil } from '../../../tools/launcher/processes/wait-until';
import { eventually } from '../eventually';
import type { Deployment } from './deployment';
import { EventWatch } from './event-watch';
import { read, type Json } from './http';

/** How old the management API's figures may be, in milliseconds: a queue tells its length every second, and they are collected every second. */
const STATISTICS_AGE_MS = 2_000;

export interface DeadLetter {
  readonly payload: string;
  readonly properties: { readonly message_id?: string; readonly headers: Readonly<Record<string, unknown>> };
}

interface QueueFigures {
  readonly name: string;
  /** Absent until the queue has told its length. */
  readonly messages?: number;
  readonly message_stats?: { readonly publish?: number };
}

/** The broker, as its administrator sees it. */
export class BrokerDesk {
  constructor(private readonly suite: Deployment) {}

  /** For any client. */
  get url(): string {
    const { name, password } = this.suite.accounts.administrator;
    return this.suite.rabbitmq.url(name, password, this.suite.accounts.vhost);
  }

  watch(exchange: Exchange): Promise<EventWatch> {
    return EventWatch.on(this.url, exchange);
  }

  /** Publishes whatever it is given, as any program can. */
  async publish(exchange: Exchange, content: string, properties: Options.Publish = {}): Promise<void> {
    const connection = await connect(this.url);
    const channel = await connection.createConfirmChannel();
    channel.publish(exchange.name, properties.type ?? '', Buffer.from(content), properties);
    await channel.waitForConfirms();
    await connection.close();
  }

  async publishEvent(exchange: Exchange, event: CloudEvent): Promise<void> {
    const { id: messageId, type } = event;
    await this.publish(exchange, JSON.stringify(event), {
      messageId,
      type,
      contentType: CLOUD_EVENT_CONTENT_TYPE,
    });
  }

  /** How many messages each queue holds, in whatever state. */
  async depths(): Promise<Record<string, number>> {
    const figures = await this.figures();
    return Object.fromEntries(figures.map(({ name, messages }) => [name, messages ?? Infinity]));
  }

  /** How many messages have entered the queues whose names contain the text, since the broker's start. */
  async entered(part: string): Promise<number> {
    const figures = (await this.figures()).filter(({ name }) => name.includes(part));
    return figures.reduce((sum, { message_stats }) => sum + (message_stats?.publish ?? 0), 0);
  }

  /** Waits until no queue but the dead letters has held a message for longer than the figures are old. */
  async quiet({ within = 10_000 } = {}): Promise<void> {
    let since: number | undefined;
    const isQuiet = async (): Promise<boolean> => {
      const depths = Object.entries(await this.depths());
      const busy = depths.filter(([queue, depth]) => depth !== 0 && !queue.endsWith('.dead'));
      if (busy.length > 0) since = undefined;
      expect(Object.fromEntries(busy)).toEqual({});
      since ??= performance.now();
      return performance.now() - since > STATISTICS_AGE_MS;
    };
    await eventually(isQuiet, { within });
  }

  /** The dead letters of a queue, which stay where they are. */
  async deadLetters(queue: string): Promise<readonly DeadLetter[]> {
    const letters: DeadLetter[] = await this.api('POST', `queues/{vhost}/${queue}.dead/get`, {
      count: 1_000,
      ackmode: 'ack_requeue_true',
      encoding: 'auto',
    });
    return letters;
  }

  /** Waits for one of them. */
  untilDead(queue: string, messageId: string): Promise<DeadLetter> {
    const find = async (): Promise<DeadLetter | undefined> =>
      (await this.deadLetters(queue)).find(({ properties }) => properties.message_id === messageId);
    return waitUntil(find, { what: `${messageId} in ${queue}.dead`, timeoutMs: 10_000 });
  }

  /** Puts a message into a queue, as plain JSON, as any program can. */
  async enqueue(queue: string, task: object, properties: Options.Publish = {}): Promise<void> {
    const connection = await connect(this.url);
    const channel = await connection.createConfirmChannel();
    await channel.assertQueue(queue, { durable: true });
    channel.sendToQueue(queue, Buffer.from(JSON.stringify(task)), { persistent: true, ...properties });
    await channel.waitForConfirms();
    await connection.close();
  }

  /** How many messages each consumer of a queue is given at a time. */
  async prefetchesOf(queue: string): Promise<number[]> {
    const consumers: { queue: { name: string }; prefetch_count: number }[] = await this.api(
      'GET',
      'consumers/{vhost}',
    );
    return consumers
      .filter((consumer) => consumer.queue.name === queue)
      .map(({ prefetch_count }) => prefetch_count);
  }

  /** Which queues are bound to an exchange. */
  async queuesOf(exchange: Exchange): Promise<string[]> {
    const bindings: { destination: string }[] = await this.api(
      'GET',
      `exchanges/{vhost}/${exchange.name}/bindings/source`,
    );
    return bindings.map(({ destination }) => destination).sort();
  }

  /** The node on which a quorum queue's leader is, such as `rabbit@rabbitmq-2`. */
  async leaderOf(queue: string): Promise<string> {
    const { leader }: { leader: string } = await this.api('GET', `queues/{vhost}/${queue}`);
    return leader;
  }

  /** Closes every connection by force, once it is known that each of these users has both of its own, to publish and to consume. */
  async closeConnections(users: readonly string[]): Promise<void> {
    let connections: { name: string; user: string }[] = [];
    await eventually(async () => {
      connections = await this.api('GET', 'connections');
      const few = users.filter(
        (user) => connections.filter((connection) => connection.user === user).length < 2,
      );
      expect(few).toEqual([]);
    });
    for (const { name } of connections) await this.api('DELETE', `connections/${encodeURIComponent(name)}`);
  }

  private async figures(): Promise<readonly QueueFigures[]> {
    const figures: QueueFigures[] = await this.api('GET', 'queues/{vhost}');
    return figures;
  }

  /** @see https://www.rabbitmq.com/docs/http-api-reference */
  private async api(method: string, path: string, body?: object): Promise<Json> {
    const { name, password } = this.suite.accounts.administrator;
    const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
    const url = `${this.suite.rabbitmq.managementUrl}/api/${path.replace('{vhost}', this.suite.accounts.vhost)}`;
    return read(url, { method, body, headers: { authorization } });
  }
}

/** An event as our services would publish it. */
export const cloudEvent = (type: string, subject: string, data: object): CloudEvent => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/stranger',
  type,
  subject,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  dataschema: dataSchemaOf(type),
  data,
});
