import { INVENTORY_EVENTS, ORDER_EVENTS, OrderCancelled, OrderConfirmed, StockLow } from '@app/contracts';
import { Injectable, Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { received } from '../../../../test/support/received';
import { DuplicateEventHandler, EventHandlerMissing, EventHandlers } from './event-handlers';
import { HandlerDiscovery } from './handler-discovery';
import { OnEvent } from './on-event.decorator';
import { SubscriptionMissing } from './subscription-missing';

@Injectable()
class Mailbox {
  readonly mails: string[] = [];
}

@Injectable()
class OrderMails {
  constructor(private readonly mailbox: Mailbox) {}

  @OnEvent(OrderConfirmed)
  async confirmed({ orderId }: OrderConfirmed): Promise<void> {
    await this.write(`confirmed ${orderId}`);
  }

  @OnEvent(OrderCancelled)
  cancelled({ orderId }: OrderCancelled): Promise<void> {
    return this.write(`cancelled ${orderId}`);
  }

  write(mail: string): Promise<void> {
    this.mailbox.mails.push(mail);
    return Promise.resolve();
  }
}

@Injectable()
class StockAlerts {
  @OnEvent(StockLow)
  low(_product: StockLow): Promise<void> {
    return Promise.reject(new Error('nobody answers'));
  }
}

@Injectable()
class OrderStatistics {
  @OnEvent(OrderConfirmed)
  count(_order: OrderConfirmed): Promise<void> {
    return Promise.resolve();
  }
}

class OrderConfirmedV2 extends OrderConfirmed {
  static readonly majorVersion = 2;
}

@Injectable()
class NextOrderMails {
  @OnEvent(OrderConfirmedV2)
  confirmed(_order: OrderConfirmedV2): Promise<void> {
    return Promise.resolve();
  }
}

describe(EventHandlers.name, () => {
  const boot = async (...providers: Provider[]) => {
    const values = [
      { provide: 'text', useValue: 'a text' },
      { provide: 'nothing', useValue: null },
      { provide: 'bare object', useValue: { confirmed: () => Promise.resolve() } },
      { provide: 'made', useFactory: () => [1, 2] },
    ];
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [EventHandlers, HandlerDiscovery, Mailbox, ...values, ...providers],
    }).compile();
    return { sut: module.get(EventHandlers), mailbox: module.get(Mailbox) };
  };
  const order = Object.assign(new OrderConfirmed(), { orderId: '4711' });

  it('finds the marked methods of every provider, by the type of their event', async () => {
    const { sut } = await boot(OrderMails, StockAlerts);
    const handlers = sut.of(ORDER_EVENTS);
    expect([...handlers.keys()].sort()).toEqual(['order.cancelled', 'order.confirmed']);
    expect(handlers.get('order.confirmed')).toMatchObject([
      { handler: { name: 'OrderMails.confirmed' }, eventClass: OrderConfirmed },
    ]);
  });

  it('leaves out the handlers of other exchanges', async () => {
    const { sut } = await boot(OrderMails, StockAlerts);
    expect([...sut.of(INVENTORY_EVENTS).keys()]).toEqual(['stock.low']);
  });

  it('calls the method on its instance', async () => {
    const { sut, mailbox } = await boot(OrderMails);
    await sut
      .of(ORDER_EVENTS)
      .get('order.confirmed')?.[0]
      ?.handler.handle([{ ...received(), data: order }]);
    expect(mailbox.mails).toEqual(['confirmed 4711']);
  });

  it('passes on what the method rejects with', async () => {
    const { sut } = await boot(StockAlerts);
    const handler = sut.of(INVENTORY_EVENTS).get('stock.low')?.[0]?.handler;
    await expect(handler?.handle([received()])).rejects.toThrow('nobody answers');
  });

  it('finds a method that a subclass inherits', async () => {
    class MoreMails extends OrderMails {}
    const { sut } = await boot({
      provide: MoreMails,
      inject: [Mailbox],
      useFactory: (m: Mailbox) => new MoreMails(m),
    });
    expect(sut.of(ORDER_EVENTS).get('order.confirmed')?.[0]?.handler.name).toBe('MoreMails.confirmed');
  });

  it('refuses two handlers of one event, and names both', async () => {
    const { sut } = await boot(OrderMails, OrderStatistics);
    const both = /OrderMails\.confirmed and OrderStatistics\.count both handle order\.confirmed\/v1/;
    expect(() => sut.of(ORDER_EVENTS)).toThrow(DuplicateEventHandler);
    expect(() => sut.of(ORDER_EVENTS)).toThrow(both);
  });

  it('has the handlers of two major versions, whatever their order in the code, the lower one first', async () => {
    const { sut } = await boot(OrderMails, NextOrderMails);
    const versions = sut.of(ORDER_EVENTS).get('order.confirmed') ?? [];
    expect(versions.map(({ handler }) => handler.name)).toEqual([
      'OrderMails.confirmed',
      'NextOrderMails.confirmed',
    ]);
    const { sut: turned } = await boot(NextOrderMails, OrderMails);
    expect(turned.of(ORDER_EVENTS).get('order.confirmed')).toMatchObject(
      versions.map(({ eventClass }) => ({ eventClass })),
    );
  });

  it('takes an instance that is provided under two tokens for one handler', async () => {
    const { sut } = await boot(OrderMails, { provide: 'mails', useExisting: OrderMails });
    expect(sut.of(ORDER_EVENTS).get('order.confirmed')?.[0]?.handler.name).toBe('OrderMails.confirmed');
  });

  it('refuses to listen to an exchange without a handler for one of its events', async () => {
    const { sut } = await boot(StockAlerts);
    expect(() => sut.of(ORDER_EVENTS)).toThrow(EventHandlerMissing);
    expect(() => sut.of(ORDER_EVENTS)).toThrow('order_events');
  });

  it('refuses a handler for an event of an exchange that is not listened to', async () => {
    const { sut } = await boot(OrderMails, StockAlerts);
    sut.of(ORDER_EVENTS);
    expect(() => sut.assertAllSubscribed()).toThrow(SubscriptionMissing);
    expect(() => sut.assertAllSubscribed()).toThrow(/StockAlerts\.low is for stock\.low of inventory_events/);
    sut.of(INVENTORY_EVENTS);
    expect(() => sut.assertAllSubscribed()).not.toThrow();
  });
});
