import { Module } from '@nestjs/common';
import { Catalogue } from './catalogue';
import { ProductsController } from './products.controller';

@Module({ controllers: [ProductsController], providers: [Catalogue], exports: [Catalogue] })
export class ProductsModule {}
