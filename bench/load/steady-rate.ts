import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { parsed } from '../../infra/json';
import { JSON_BODY, ORDER } from './order';

/** Orders at a steady rate, whether or not those before were answered. */
export interface SteadyPlan {
  readonly url: string;
  readonly rate: number;
  readonly seconds: number;
  /** A client that got no answer by then gives up. */
  readonly patienceMs: number;
  /** Where the decisions are published; without it the load does not wait for them. */
  readonly rabbitmqUrl?: string;
}

export interface SteadyResult {
  readonly placed: number;
  /** Milliseconds to each `201`. */
  readonly answers: readonly number[];
  /** Milliseconds from a request to its order's decision, as a program that listens to `order_events` gets to know it. */
  readonly decisions: readonly number[];
}

/** How long decisions are waited for after the last order. */
const LAST_DECISION_MS = 60_000;

class Steady {
  private readonly began = new Map<string, number>();
  private readonly decided = new Map<string, number>();
  private readonly answers: number[] = [];

  constructor(private readonly plan: SteadyPlan) {}

  async run(): Promise<SteadyResult> {
    const { rate, seconds, rabbitmqUrl } = this.plan;
    if (rabbitmqUrl !== undefined) await this.listen(rabbitmqUrl);
    await this.warmUp();
    const placing: Promise<void>[] = [];
    const began = performance.now();
    for (let order = 0; order < rate * seconds; order++) {
      const wait = began + (order * 1_000) / rate - performance.now();
      if (wait > 0) await sleep(wait);
      placing.push(this.place());
    }
    await Promise.all(placing);
    await this.lastDecision();
    return { placed: placing.length, answers: this.answers, decisions: this.decisions() };
  }

  /** The first requests open the connections and are compiled: they are not counted. */
  private async warmUp(): Promise<void> {
    for (let second = 0; second < 5; second++)
      await Promise.all(Array.from({ length: 10 }, () => this.place()));
    await this.lastDecision();
    this.answers.length = 0;
    this.began.clear();
  }

  private async listen(url: string): Promise<void> {
    const connection = await connect(url);
    const channel = await connection.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, 'order_events', '');
    const note = (content: Buffer): void => {
      const { type, subject } = parsed<{ type: string; subject: string }>(content.toString());
      if (type !== 'order.created') this.decided.set(subject, performance.now());
    };
    await channel.consume(queue, (message) => message && note(message.content), { noAck: true });
  }

  private async place(): Promise<void> {
    const { url, patienceMs } = this.plan;
    const began = performance.now();
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await fetch(url, { method: 'POST', headers: JSON_BODY, body: ORDER, signal });
      const answer: unknown = await response.json();
      if (response.status !== 201) return;
      this.answers.push(performance.now() - began);
      this.began.set(idOf(answer), began);
    } catch {
      // No answer in time: not among the answers.
    }
  }

  private async lastDecision(): Promise<void> {
    if (this.plan.rabbitmqUrl === undefined) return;
    const deadline = performance.now() + LAST_DECISION_MS;
    while (this.decisions().length < this.answers.length && performance.now() < deadline) await sleep(50);
  }

  private decisions(): number[] {
    return [...this.began].flatMap(([id, began]) => {
      const decided = this.decided.get(id);
      return decided === undefined ? [] : decided - began;
    });
  }
}

const idOf = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : '';

async function main([plan = '']: readonly string[]): Promise<void> {
  const result = await new Steady(parsed(plan)).run();
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  process.exit(0);
}

void main(process.argv.slice(2));
