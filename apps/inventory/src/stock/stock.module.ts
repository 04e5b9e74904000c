import { OutboxModule } from '@app/messaging';
import { Module } from '@nestjs/common';
import { AvailabilityController } from './availability.controller';
import { OrderStock } from './order-stock.subscriber';
import { ReleaseStock } from './release-stock';
import { Reservations } from './reservations';
import { ReserveStock } from './reserve-stock';
import { Stock } from './stock';
import { StockController } from './stock.controller';

@Module({
  imports: [OutboxModule],
  controllers: [AvailabilityController, StockController],
  providers: [OrderStock, ReserveStock, ReleaseStock, Reservations, Stock],
})
export class StockModule {}
