import { sqlMigration } from '@app/persistence';

export const productsMigration = sqlMigration(
  `create table products (
     sku            text    primary key,
     name           text    not null,
     price_amount   integer not null check (price_amount >= 0),
     price_currency char(3) not null
   )`,
);
