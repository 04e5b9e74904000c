import { OutboxModule } from '@app/messaging';
import { Module } from '@nestjs/common';
import { AllocateStock } from './allocate-stock';
import { AvailabilityController } from './availability.controller';
import { OrderStock } from './order-stock.subscriber';
import { Reservations } from './reservations';
import { Stock } from './stock';
import { StockNews } from './stock-news';
import { StockController } from './stock.controller';

@Module({
  imports: [OutboxModule],
  controllers: [AvailabilityController, StockController],
  providers: [OrderStock, AllocateStock, Reservations, Stock, StockNews],
})
export class StockModule {}
