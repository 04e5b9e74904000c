import { OutboxModule } from '@app/messaging';
import { Module } from '@nestjs/common';
import { ProductsModule } from '../products/products.module';
import { CancelOrder } from './cancel-order';
import { ChangeOrder } from './change-order';
import { DecideOrder } from './decide-order';
import { ListOrders } from './list-orders';
import { Orders } from './orders';
import { OrdersController } from './orders.controller';
import { PlaceOrder } from './place-order';
import { StockDecisions } from './stock-decisions.subscriber';

@Module({
  imports: [OutboxModule, ProductsModule],
  controllers: [OrdersController],
  providers: [PlaceOrder, CancelOrder, ChangeOrder, DecideOrder, ListOrders, Orders, StockDecisions],
})
export class OrdersModule {}
