import { type ChannelModel, type ConfirmChannel, connect, type Message } from 'amqplib';
import { TestVhost } from '../test-vhost';

/** A virtual host for one lesson alone, and the connections to it. */
export class Lesson {
  private vhost?: TestVhost;
  private readonly connections: ChannelModel[] = [];

  async begin(): Promise<void> {
    this.vhost = await TestVhost.create();
  }

  /** What a program connects to. */
  get url(): string {
    return this.vhost?.url ?? '';
  }

  /** As a program of its own would. */
  async connect(): Promise<ChannelModel> {
    const connection = await connect(this.url);
    // What goes wrong is told by the call that it goes wrong in, too.
    connection.on('error', () => undefined);
    this.connections.push(connection);
    return connection;
  }

  /** A channel that the broker confirms messages on, of a connection of its own. */
  async channel(): Promise<ConfirmChannel> {
    const connection = await this.connect();
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    return channel;
  }

  /** Asks the management API: `get('queues/{vhost}')`. */
  get<Answer>(path: string): Promise<Answer> {
    if (this.vhost === undefined) throw new Error('The lesson has not begun.');
    return this.vhost.get(path);
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.connections.map((connection) => connection.close()));
    await this.vhost?.drop();
  }
}

/** Opens one before the tests of the `describe` that this is called in, and deletes it after them. */
export function openLesson(): Lesson {
  const lesson = new Lesson();
  beforeAll(() => lesson.begin());
  afterAll(() => lesson.end());
  return lesson;
}

/** What a message says; an empty text where the broker has cancelled the consumer instead. */
export const textOf = (message: Message | null): string => message?.content.toString() ?? '';

/** Takes out of a queue all that is in it, the first first. What the broker has confirmed is there. */
export async function takeAll(channel: ConfirmChannel, queue: string): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const message = await channel.get(queue, { noAck: true });
    if (message === false) return texts;
    texts.push(message.content.toString());
  }
}

/** The whole numbers from the first to the last, as texts: what the messages of a lesson say. */
export const numbers = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
