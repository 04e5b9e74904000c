import { AmqpConnection, RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
import { Injectable, Module } from '@nestjs/common';
import { broker, QUORUM } from './broker';
import { Database } from './database';
import { event, type Event, type Order } from './events';

@Injectable()
export class OrderStock {
  constructor(
    private readonly database: Database,
    private readonly amqp: AmqpConnection,
  ) {}

  @RabbitSubscribe({ exchange: 'order_events', routingKey: '', queue: 'inventory', queueOptions: QUORUM })
  async reserve({ id, type, subject, data }: Event<Order>): Promise<void> {
    if (type !== 'order.created') return;
    await this.database.once('inventory', id, async (client) => {
      for (const { sku, quantity } of data.lines)
        await client.query('update stock set reserved = reserved + $2 where sku = $1', [sku, quantity]);
      const reservation = "insert into reservations (order_id, lines, status) values ($1, $2, 'reserved')";
      await client.query(reservation, [subject, JSON.stringify(data.lines)]);
    });
    const news = event('stock.reserved', subject, { orderId: subject, lines: data.lines });
    await this.amqp.publish('inventory_events', 'stock.reserved', news);
  }
}

@Module({ imports: [broker()], providers: [Database, OrderStock] })
export class InventoryModule {}
