import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '../../support/faults/seeded-random';
import { call, type Answer, type Call } from '../../../infra/http';
import { anOrder, type Order, type Wish } from '../../support/shop/order';
import type { Placing, Recorder, Visit } from '../history';
import type { Stage } from '../stage/stage';

/** How many do one thing after the other at the same time. */
const CUSTOMERS = 8;

/** How long each thinks before the next thing: together some ten requests a second. */
const THINKS_MS = [200, 1_200] as const;

/** What is asked again and again is asked that often, and so many milliseconds later each time. */
const LAST_TRIES = 60;
const TRIES_AGAIN_AFTER_MS = 1_000;

/** An order that its customer may still think of. */
const REMEMBERED = 100;

/** The share of what customers do; the rest cancels. */
const DO = { placeWithKey: 0.55, placeTwiceAtOnce: 0.1, placeWithoutKey: 0.1, repeat: 0.1, read: 0.05 };

/** An order that a customer wants under one key. */
interface Intent {
  readonly body: ReturnType<typeof anOrder>;
  readonly key?: string;
}

const CREATED = 201;

/** People who place, repeat, read and cancel orders, whatever breaks, and write down what they were told. */
export class Customers {
  private open = true;
  private readonly intents: Intent[] = [];
  private readonly placed: string[] = [];
  private readonly unanswered = new Set<Intent>();
  private readonly running: readonly Promise<void>[];

  constructor(
    private readonly stage: Stage,
    private readonly history: Recorder,
    private readonly random: SeededRandom,
  ) {
    this.running = Array.from({ length: CUSTOMERS }, () => this.comeAndGo());
  }

  /** Resolves once everybody who has a key has an order: who was not answered asks until they are. */
  async leave(): Promise<void> {
    this.open = false;
    await Promise.all(this.running);
    await Promise.all([...this.unanswered].map((intent) => this.insist(intent)));
  }

  private async comeAndGo(): Promise<void> {
    while (this.open) {
      await this.doSomething();
      await sleep(this.random.between(...THINKS_MS));
    }
  }

  private async doSomething(): Promise<void> {
    let dice = this.random.next();
    const happens = (share: number): boolean => (dice -= share) < 0;
    if (happens(DO.placeWithKey)) return this.place(this.newIntent(randomUUID()));
    if (happens(DO.placeTwiceAtOnce)) return this.placeTwiceAtOnce();
    if (happens(DO.placeWithoutKey)) return this.place(this.newIntent());
    if (happens(DO.repeat)) return this.repeat();
    await this.visit(happens(DO.read) ? 'read' : 'cancel');
  }

  private async placeTwiceAtOnce(): Promise<void> {
    const intent = this.newIntent(randomUUID());
    await Promise.all([this.place(intent), this.place(intent)]);
  }

  /** Mostly somebody who was answered already, and asks the same once more. */
  private async repeat(): Promise<void> {
    const intent = this.oneOf(this.intents);
    if (intent !== undefined) await this.place(intent);
  }

  private async insist(intent: Intent): Promise<void> {
    for (let tries = 0; tries < LAST_TRIES && this.unanswered.has(intent); tries += 1) {
      await this.place(intent);
      if (this.unanswered.has(intent)) await sleep(TRIES_AGAIN_AFTER_MS);
    }
  }

  private async place(intent: Intent): Promise<void> {
    const { body, key } = intent;
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    const asked = await this.ask('/orders', { method: 'POST', body, headers });
    this.record({ ...asked, customer: body.customer.email, key, lines: body.lines });
    if (asked.status !== CREATED || asked.order === undefined) return;
    this.unanswered.delete(intent);
    this.stage.shop.accepted.add(asked.order.id);
    remember(this.placed, asked.order.id);
  }

  private record(placing: Placing): void {
    this.history.placings.push(placing);
    if (placing.status !== CREATED) this.stage.shop.refused += 1;
  }

  private async visit(kind: Visit['kind']): Promise<void> {
    const orderId = this.oneOf(this.placed);
    if (orderId === undefined) return;
    const asked =
      kind === 'read'
        ? await this.ask(`/orders/${orderId}`)
        : await this.ask(`/orders/${orderId}/cancel`, { method: 'POST' });
    this.history.visits.push({ ...asked, kind, orderId });
  }

  /** Comes to any process of order-api. */
  private async ask(path: string, options?: Call) {
    const begunAt = Date.now();
    const door = this.oneOf([...this.stage.doors]) ?? '';
    const answer = await call(`${door}${path}`, options).catch(() => undefined);
    return { begunAt, endedAt: Date.now(), status: answer?.status, order: orderIn(answer) };
  }

  private newIntent(key?: string): Intent {
    const intent: Intent = { body: anOrder(this.wish()), key };
    if (key === undefined) return intent;
    this.unanswered.add(intent);
    remember(this.intents, intent);
    return intent;
  }

  /** Nine of ten want a product that does not sell out; the others one that soon does. */
  private wish(): Wish {
    const { random } = this;
    return random.next() < 0.9
      ? { 'PAPER-CLIP': random.between(1, 5) }
      : { 'DISCO-BALL': 1, 'YO-YO': random.between(1, 3) };
  }

  private oneOf<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.random.next() * all.length)];
  }
}

function remember<T>(all: T[], one: T): void {
  all.push(one);
  if (all.length > REMEMBERED) all.shift();
}

const isSuccess = ({ status }: Answer): boolean => status < 300;

function orderIn(answer?: Answer): Order | undefined {
  if (answer === undefined || !isSuccess(answer)) return undefined;
  const order: Order = answer.body;
  return order;
}
