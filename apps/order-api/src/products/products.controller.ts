import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersProblem, AnswersWith } from '../docs/answers';
import { Catalogue } from './catalogue';
import { AvailableProduct, Product } from './product';
import { ProductParams } from './product.params';
import { StockAvailability } from './stock-availability';

@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly availability: StockAvailability,
  ) {}

  /** The catalogue. */
  @Get()
  @AnswersWith(200, [Product])
  list(): Promise<Product[]> {
    return this.catalogue.all();
  }

  /** One product, and how many of it can be ordered now: null when inventory does not say so in time. */
  @Get(':sku')
  @AnswersWith(200, AvailableProduct)
  @AnswersProblem(400, 404)
  async get(@Param() { sku }: ProductParams): Promise<AvailableProduct> {
    const product = await this.catalogue.get(sku);
    return { ...product, available: await this.availability.of(sku) };
  }
}
