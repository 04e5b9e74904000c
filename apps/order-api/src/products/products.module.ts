import { AVAILABILITY } from '@app/contracts';
import { rpcClient } from '@app/messaging';
import { Module } from '@nestjs/common';
import { Catalogue } from './catalogue';
import { ProductsController } from './products.controller';
import { StockAvailability } from './stock-availability';

@Module({
  controllers: [ProductsController],
  providers: [Catalogue, StockAvailability, rpcClient(AVAILABILITY)],
  exports: [Catalogue],
})
export class ProductsModule {}
