import { ORDER_EVENTS, TOPOLOGY } from '@app/contracts';
import { Inbox, MessagingModule } from '@app/messaging';
import { PersistenceModule } from '@app/persistence';
import { ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';
import { INVENTORY_CONFIG } from './inventory.config';
import { MIGRATIONS } from './migrations';
import { StockModule } from './stock/stock.module';

@Module({
  imports: [
    ServiceModule.forRoot({ name: 'inventory', config: INVENTORY_CONFIG }),
    PersistenceModule.forRoot(MIGRATIONS),
    MessagingModule.forRoot({ topology: TOPOLOGY }),
    MessagingModule.subscribe(ORDER_EVENTS, Inbox),
    StockModule,
  ],
})
export class InventoryModule {}
