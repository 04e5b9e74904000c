import { Controller, Get } from '@nestjs/common';
import { Stock, StockLevel } from './stock';

/** For people who watch: what is on the shelves. */
@Controller('stock')
export class StockController {
  constructor(private readonly stock: Stock) {}

  @Get()
  list(): Promise<StockLevel[]> {
    return this.stock.all();
  }
}
