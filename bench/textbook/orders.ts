import { randomUUID } from 'node:crypto';
import { AmqpConnection, RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
import { Body, Controller, Injectable, Module, Post } from '@nestjs/common';
import { broker, QUORUM } from './broker';
import { Database } from './database';
import { event, type Customer, type Event, type Line, type Order } from './events';
import { PlaceOrderDto } from './place-order.dto';

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly database: Database,
    private readonly amqp: AmqpConnection,
  ) {}

  @Post()
  async place(@Body() { customer, lines }: PlaceOrderDto): Promise<object> {
    const orderId = randomUUID();
    const total = await this.insert(orderId, customer, lines);
    const order: Order = { orderId, customer, lines, total };
    await this.amqp.publish('order_events', 'order.created', event('order.created', orderId, order));
    return { id: orderId, status: 'pending', customer, lines, total };
  }

  private insert(id: string, customer: Customer, lines: readonly Line[]): Promise<number> {
    return this.database.transaction(async (client) => {
      const skus = lines.map(({ sku }) => sku);
      const { rows: products } = await client.query<{ sku: string; price: number }>(
        'select sku, price from products where sku = any($1)',
        [skus],
      );
      const prices = new Map(products.map(({ sku, price }) => [sku, price]));
      const total = lines.reduce((sum, { sku, quantity }) => sum + quantity * (prices.get(sku) ?? 0), 0);
      await client.query('insert into orders (id, customer, lines, total) values ($1, $2, $3, $4)', [
        id,
        JSON.stringify(customer),
        JSON.stringify(lines),
        total,
      ]);
      await client.query("insert into order_history (order_id, version, status) values ($1, 1, 'pending')", [
        id,
      ]);
      return total;
    });
  }
}

@Injectable()
export class StockDecisions {
  constructor(
    private readonly database: Database,
    private readonly amqp: AmqpConnection,
  ) {}

  @RabbitSubscribe({
    exchange: 'inventory_events',
    routingKey: 'stock.*',
    queue: 'order-api',
    queueOptions: QUORUM,
  })
  async reserved({ id, subject }: Event<unknown>): Promise<void> {
    const confirmed: Order[] = [];
    await this.database.once('order-api', id, async (client) => {
      const { rows } = await client.query<Order>(
        `update orders set status = 'confirmed', version = version + 1 where id = $1 and status = 'pending'
         returning id as "orderId", customer, lines, total`,
        [subject],
      );
      if (rows.length === 0) return;
      const history = "insert into order_history (order_id, version, status) values ($1, 2, 'confirmed')";
      await client.query(history, [subject]);
      confirmed.push(...rows);
    });
    for (const order of confirmed)
      await this.amqp.publish('order_events', 'order.confirmed', event('order.confirmed', subject, order));
  }
}

@Module({
  imports: [broker()],
  controllers: [OrdersController],
  providers: [Database, StockDecisions],
})
export class OrderApiModule {}
