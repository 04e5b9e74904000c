import type { Exchange } from '@app/contracts';
import { eventually } from '../../../infra/eventually';
import type { Broker } from '../../../tools/launcher/suite/broker';
import { AmqpClient } from './amqp-client';

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

interface Consumer {
  readonly queue: { readonly name: string };
  readonly channel_details: { readonly name: string };
  readonly prefetch_count: number;
}

interface ChannelFigures {
  readonly name: string;
  /** Absent until the channel has told its figures. */
  readonly message_stats?: { readonly ack?: number };
}

interface Binding {
  readonly destination: string;
  readonly destination_type: 'queue' | 'exchange';
  readonly routing_key: string;
  readonly properties_key: string;
}

/** The broker, as its administrator sees it. */
export class BrokerAdmin extends AmqpClient {
  constructor(private readonly broker: Broker) {
    super();
  }

  override get url(): string {
    return this.broker.administratorUrls[0] ?? '';
  }

  /** Of its management API, without user and password. */
  get managementUrl(): string {
    return new URL(this.broker.management.urls[0] ?? '').origin;
  }

  /** As a service, or as one of the users for development. Of a cluster, to its first node. */
  urlFor(user: string): string {
    const [first = ''] = this.broker.urlFor(user).split(',');
    return first;
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
    return this.broker.management.post<DeadLetter[]>(this.path(`queues/{vhost}/${queue}.dead/get`), {
      count: 1_000,
      ackmode: 'ack_requeue_true',
      encoding: 'auto',
      truncate: 100_000,
    });
  }

  /** Waits until there are so many. */
  async untilDeadLetters(queue: string, count: number): Promise<readonly DeadLetter[]> {
    await eventually(async () => expect(await this.deadLetters(queue)).toHaveLength(count), {
      within: 30_000,
    });
    return this.deadLetters(queue);
  }

  /** Waits for one of them. */
  untilDead(queue: string, messageId: string): Promise<DeadLetter> {
    const find = async (): Promise<DeadLetter | false> =>
      (await this.deadLetters(queue)).find(({ properties }) => properties.message_id === messageId) ?? false;
    return eventually(find, { what: `${messageId} in ${queue}.dead`, within: 30_000 });
  }

  /** How many messages each consumer of a queue is given at a time. */
  async prefetchesOf(queue: string): Promise<number[]> {
    return (await this.consumersOf(queue)).map(({ prefetch_count }) => prefetch_count);
  }

  /** How many messages each consumer of a queue has acknowledged, in no order. Each of ours has a channel of its own. */
  async acknowledgedByEach(queue: string): Promise<number[]> {
    const consuming = (await this.consumersOf(queue)).map(({ channel_details }) => channel_details.name);
    const channels = await this.get<ChannelFigures[]>('vhosts/{vhost}/channels');
    return channels
      .filter(({ name }) => consuming.includes(name))
      .map(({ message_stats }) => message_stats?.ack ?? 0);
  }

  /** Which queues are bound to an exchange. */
  async queuesOf(exchange: Exchange): Promise<string[]> {
    const bindings = await this.queueBindingsOf(exchange);
    return bindings.map(({ destination }) => destination).sort();
  }

  /** The node on which a quorum queue's leader is, such as `rabbit@rabbitmq-2`. */
  async leaderOf(queue: string): Promise<string> {
    const { leader } = await this.get<{ leader: string }>(`queues/{vhost}/${queue}`);
    return leader;
  }

  /** Whether a node is short of memory or disk space, and takes no messages. */
  async isAlarmed(): Promise<boolean> {
    const nodes = await this.get<{ mem_alarm: boolean; disk_free_alarm: boolean }[]>('nodes');
    return nodes.some(({ mem_alarm, disk_free_alarm }) => mem_alarm || disk_free_alarm);
  }

  /** The connections of the clients, each with a name that no other ever has. */
  async connections(): Promise<string[]> {
    const connections = await this.get<{ name: string; user: string }[]>('vhosts/{vhost}/connections');
    return connections.map(({ name, user }) => `${user} ${name}`).sort();
  }

  /** Closes every connection by force, once it is known that each of these users has both of its own, to publish and to consume. */
  async closeConnections(users: readonly string[]): Promise<void> {
    let connections: { name: string; user: string }[] = [];
    await eventually(async () => {
      connections = await this.get('vhosts/{vhost}/connections');
      const few = users.filter(
        (user) => connections.filter((connection) => connection.user === user).length < 2,
      );
      expect(few).toEqual([]);
    });
    for (const { name } of connections)
      await this.delete(`connections/${encodeURIComponent(name)}`).catch(unlessItIsGone);
  }

  /** Takes every queue from an exchange; what is returned binds them again. */
  async unbind(exchange: Exchange): Promise<() => Promise<void>> {
    const path = (queue: string): string => `bindings/{vhost}/e/${exchange.name}/q/${queue}`;
    const bindings = await this.queueBindingsOf(exchange);
    for (const { destination, properties_key } of bindings) {
      await this.delete(`${path(destination)}/${properties_key}`);
    }
    return async () => {
      for (const { destination, routing_key } of bindings) {
        await this.broker.management.post(this.path(path(destination)), { routing_key });
      }
    };
  }

  /** Deletes a queue with all that is in it. */
  async deleteQueue(queue: string): Promise<void> {
    await this.delete(`queues/{vhost}/${queue}`);
  }

  /** Lets a queue hold no more than so many messages. */
  async limit(queue: string, length: number): Promise<void> {
    const policy = `policies/{vhost}/limit-${queue}`;
    const pattern = `^${queue.replaceAll('.', '[.]')}$`;
    const definition = { 'max-length': length };
    await this.broker.management.put(this.path(policy), { pattern, definition, 'apply-to': 'queues' });
  }

  /** Discards all messages of a queue. */
  async purge(queue: string): Promise<void> {
    await this.delete(`queues/{vhost}/${queue}/contents`);
  }

  private async queueBindingsOf(exchange: Exchange): Promise<Binding[]> {
    const bindings = await this.get<Binding[]>(`exchanges/{vhost}/${exchange.name}/bindings/source`);
    return bindings.filter(({ destination_type }) => destination_type === 'queue');
  }

  private async consumersOf(queue: string): Promise<Consumer[]> {
    const consumers = await this.get<Consumer[]>('consumers/{vhost}');
    return consumers.filter((consumer) => consumer.queue.name === queue);
  }

  private async figures(): Promise<readonly QueueFigures[]> {
    const figures = await this.get<QueueFigures[]>('queues/{vhost}');
    return figures;
  }

  private get<Answer>(template: string): Promise<Answer> {
    return this.broker.management.get(this.path(template));
  }

  private delete(template: string): Promise<void> {
    return this.broker.management.delete(this.path(template));
  }

  /** The path in the management API; `{vhost}` stands for the services' own. */
  private path(template: string): string {
    const { pathname } = new URL(this.url);
    return template.replace('{vhost}', pathname.slice(1));
  }
}

/** A connection may have ended by itself since it was listed. */
function unlessItIsGone(error: unknown): void {
  if (!String(error).includes(': 404 ')) throw error;
}
