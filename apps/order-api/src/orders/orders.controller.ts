import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IdempotencyKey } from '../idempotency/idempotency-key';
import { CancelOrder } from './cancel-order';
import { ListOrders } from './list-orders';
import { ListOrdersDto } from './list-orders.dto';
import { OrderWithHistory } from './order';
import { OrderPage } from './order-page';
import { Orders } from './orders';
import { CancelOrderOperation, GetOrderOperation, ListOrdersOperation } from './orders.docs';
import { PlaceOrderOperation } from './place-order.docs';
import { PlaceOrderDto } from './place-order.dto';
import { PlaceOrderOnce } from './place-order-once';
import { VersionTag } from './version-tag.interceptor';

@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrderOnce,
    private readonly cancelOrder: CancelOrder,
    private readonly listOrders: ListOrders,
    private readonly orders: Orders,
  ) {}

  @Post()
  @PlaceOrderOperation
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

  @Get(':id')
  @GetOrderOperation
  @UseInterceptors(VersionTag)
  get(@Param('id', ParseUUIDPipe) id: string): Promise<OrderWithHistory> {
    return this.orders.get(id);
  }

  @Get()
  @ListOrdersOperation
  list(@Query() query: ListOrdersDto): Promise<OrderPage> {
    return this.listOrders.execute(query);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @CancelOrderOperation
  cancel(@Param('id', ParseUUIDPipe) id: string): Promise<OrderWithHistory> {
    return this.cancelOrder.execute(id);
  }
}
