import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Catalogue } from './catalogue';
import { AvailableProduct, Product } from './product';
import { ProductParams } from './product.params';
import { GetProductOperation, ListProductsOperation } from './products.docs';
import { StockAvailability } from './stock-availability';

@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly availability: StockAvailability,
  ) {}

  @Get()
  @ListProductsOperation
  list(): Promise<Product[]> {
    return this.catalogue.all();
  }

  @Get(':sku')
  @GetProductOperation
  async get(@Param() { sku }: ProductParams): Promise<AvailableProduct> {
    const product = await this.catalogue.get(sku);
    return { ...product, available: await this.availability.of(sku) };
  }
}
