import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersProblem, AnswersWith } from '../docs/answers';
import { Catalogue } from './catalogue';
import { Product } from './product';
import { ProductParams } from './product.params';

@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(private readonly catalogue: Catalogue) {}

  /** The catalogue. */
  @Get()
  @AnswersWith(200, [Product])
  list(): Promise<Product[]> {
    return this.catalogue.all();
  }

  /** One product. */
  @Get(':sku')
  @AnswersWith(200, Product)
  @AnswersProblem(400, 404)
  get(@Param() { sku }: ProductParams): Promise<Product> {
    return this.catalogue.get(sku);
  }
}
