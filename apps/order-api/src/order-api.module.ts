import { INVENTORY_EVENTS, TOPOLOGY } from '@app/contracts';
import { Inbox, MessagingModule } from '@app/messaging';
import { PersistenceModule } from '@app/persistence';
import { ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';
import { MIGRATIONS } from './migrations';
import { ORDER_API_CONFIG } from './order-api.config';
import { OrdersModule } from './orders/orders.module';
import { ProductsModule } from './products/products.module';

@Module({
  imports: [
    ServiceModule.forRoot({ name: 'order-api', config: ORDER_API_CONFIG }),
    PersistenceModule.forRoot(MIGRATIONS),
    MessagingModule.forRoot({ topology: TOPOLOGY, worksWithoutBroker: true }),
    MessagingModule.subscribe(INVENTORY_EVENTS, Inbox),
    OrdersModule,
    ProductsModule,
  ],
})
export class OrderApiModule {}
