import { OutboxModule } from '@app/messaging';
import { Module } from '@nestjs/common';
import { Idempotency } from '../idempotency/idempotency';
import { ProductsModule } from '../products/products.module';
import { CancelOrder } from './cancel-order';
import { DecideOrders } from './decide-orders';
import { ListOrders } from './list-orders';
import { OrderChanges } from './order-changes';
import { OrderIntake } from './order-intake';
import { OrderMetrics } from './order-metrics';
import { Orders } from './orders';
import { OrdersController } from './orders.controller';
import { OverdueOrders } from './overdue-orders';
import { PlaceOrder } from './place-order';
import { PlaceOrderOnce } from './place-order-once';
import { StockDecisions } from './stock-decisions.subscriber';

@Module({
  imports: [OutboxModule, ProductsModule],
  controllers: [OrdersController],
  providers: [
    PlaceOrder,
    PlaceOrderOnce,
    CancelOrder,
    DecideOrders,
    Idempotency,
    ListOrders,
    OrderChanges,
    OrderIntake,
    OrderMetrics,
    Orders,
    OverdueOrders,
    StockDecisions,
  ],
})
export class OrdersModule {}
