import { dataSchemaOf, type EventData, ORDER_EVENTS, type PreviousVersion } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { IsInt, IsOptional, IsString, IsUUID } from 'class-validator';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness } from '../../../../test/support/messaging-harness';
import { OnEvent } from '../handlers/on-event.decorator';
import { Subscriptions } from './subscriptions';

const QUEUE = 'email.order_events';

/** The first major version said how heavy a parcel is in kilograms, as text. */
class OrderShippedV1 {
  static readonly exchange = ORDER_EVENTS;
  static readonly type = 'order.shipped';

  @IsUUID()
  orderId: string;

  @IsString()
  weight: string;
}

/** The second says it in grams, as a number. */
class OrderShipped {
  static readonly exchange = ORDER_EVENTS;
  static readonly type = 'order.shipped';
  static readonly majorVersion = 2;
  static readonly previous: PreviousVersion<OrderShippedV1, OrderShipped> = {
    eventClass: OrderShippedV1,
    lift: ({ orderId, weight }) => ({ orderId, grams: Number(weight) * 1_000 }),
  };

  @IsUUID()
  orderId: string;

  @IsInt()
  grams: number;

  @IsOptional()
  @IsString()
  carrier?: string;
}

@Injectable()
class Parcels {
  readonly shipped: EventData[] = [];

  @OnEvent(OrderShipped)
  on(parcel: OrderShipped): Promise<void> {
    this.shipped.push(parcel);
    return Promise.resolve();
  }
}

describe(`${Subscriptions.name} to an event of two major versions`, () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email', listensTo: ORDER_EVENTS, handlers: [Parcels] });
  });

  afterAll(() => harness.close());

  const publish = (dataschema: string | undefined, data: object): void =>
    harness.sendBody(ORDER_EVENTS, {
      specversion: '1.0',
      id: randomUUID(),
      source: '/order-api',
      type: 'order.shipped',
      dataschema,
      data,
    });

  it('give both to the handler of the newer, and leave what comes after it to the dead letters', async () => {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    const [first, second, third, fourth, fifth] = ids;
    publish(dataSchemaOf(OrderShippedV1), { orderId: first, weight: '1.5' });
    publish(undefined, { orderId: second, weight: '2' });
    publish(dataSchemaOf(OrderShipped), { orderId: third, grams: 300, carrier: 'pigeon', since: 'v2.1' });
    publish(dataSchemaOf(OrderShipped, 'https://shop.example/schemas'), { orderId: fourth, grams: 40 });
    publish(dataSchemaOf({ type: 'order.shipped', majorVersion: 3 }), { orderId: fifth, grams: 50 }); // would be valid as the second
    await eventually(() =>
      expect(harness.app.get(Parcels).shipped).toEqual([
        { orderId: first, grams: 1_500 },
        { orderId: second, grams: 2_000 },
        { orderId: third, grams: 300, carrier: 'pigeon' },
        { orderId: fourth, grams: 40 },
      ]),
    );
    await eventually(async () => expect(await harness.waiting(`${QUEUE}.dead`)).toBe(1));
    const letter = await harness.take(`${QUEUE}.dead`);
    expect(letter?.content.toString()).toContain(fifth);
    expect(letter?.properties.headers).toMatchObject({ 'x-reason': 'UNKNOWN_VERSION' });
  });

  it('hold each to the rules of its own version', async () => {
    const dead = await harness.waiting(`${QUEUE}.dead`);
    publish(dataSchemaOf(OrderShippedV1), { orderId: randomUUID(), grams: 300 });
    publish(dataSchemaOf(OrderShipped), { orderId: randomUUID(), weight: '0.3' });
    publish(dataSchemaOf(OrderShippedV1), { orderId: randomUUID(), weight: 'light' }); // valid, but not what it is lifted to
    await eventually(async () => expect(await harness.waiting(`${QUEUE}.dead`)).toBe(dead + 3));
  });
});
