import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersProblem, AnswersWith, TakesBody, TakesIdempotencyKey } from '../docs/answers';
import { IdempotencyKey } from '../idempotency/idempotency-key';
import { CancelOrder } from './cancel-order';
import { ListOrders } from './list-orders';
import { ListOrdersDto } from './list-orders.dto';
import { OrderWithHistory } from './order';
import { OrderPage } from './order-page';
import { Orders } from './orders';
import { PlaceOrderDto } from './place-order.dto';
import { PlaceOrderOnce } from './place-order-once';

@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrderOnce,
    private readonly cancelOrder: CancelOrder,
    private readonly listOrders: ListOrders,
    private readonly orders: Orders,
  ) {}

  /** Places an order. It is `pending` until inventory has decided. */
  @Post()
  @TakesIdempotencyKey()
  @TakesBody(PlaceOrderDto)
  @AnswersWith(201, OrderWithHistory)
  @AnswersProblem(400, 413, 415, 422, 503)
  async place(
    @Body() body: PlaceOrderDto,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderWithHistory> {
    const { answer: order, replayed } = await this.placeOrder.execute(body, key);
    void reply.header('location', `/orders/${order.id}`);
    if (replayed) void reply.header('idempotent-replayed', 'true');
    return order;
  }

  /** An order with the history of its states. */
  @Get(':id')
  @AnswersWith(200, OrderWithHistory)
  @AnswersProblem(400, 404)
  get(@Param('id', ParseUUIDPipe) id: string): Promise<OrderWithHistory> {
    return this.orders.get(id);
  }

  /** A page of orders, newest first. */
  @Get()
  @AnswersWith(200, OrderPage)
  @AnswersProblem(400)
  list(@Query() query: ListOrdersDto): Promise<OrderPage> {
    return this.listOrders.execute(query);
  }

  /** Cancels an order that is pending or confirmed. */
  @Post(':id/cancel')
  @HttpCode(200)
  @AnswersWith(200, OrderWithHistory)
  @AnswersProblem(400, 404, 409)
  cancel(@Param('id', ParseUUIDPipe) id: string): Promise<OrderWithHistory> {
    return this.cancelOrder.execute(id);
  }
}
