import { sqlMigration } from '@app/persistence';

/** The demo shop's catalogue; inventory has the same SKUs on its shelves. Prices in cents. */
export const demoProductsMigration = sqlMigration(
  `insert into products (sku, name, price_amount, price_currency) values
     ('RUBBER-CHICKEN',     'Rubber chicken',          999, 'EUR'),
     ('WHOOPEE-CUSHION',    'Whoopee cushion',         499, 'EUR'),
     ('YO-YO',              'Yo-yo',                   799, 'EUR'),
     ('KAZOO',              'Kazoo',                   349, 'EUR'),
     ('LAVA-LAMP',          'Lava lamp',              3995, 'EUR'),
     ('DISCO-BALL',         'Disco ball',             5900, 'EUR'),
     ('GARDEN-GNOME',       'Garden gnome',           2450, 'EUR'),
     ('UKULELE',            'Ukulele',                6900, 'EUR'),
     ('HOT-AIR-BALLOON',    'Hot-air balloon',     1899000, 'EUR'),
     ('ROCKET-SHIP',        'Rocket ship',       149900000, 'EUR'),
     ('SOLD-OUT-SOCKS',     'Sold-out socks',         1290, 'EUR'),
     ('PAPER-CLIP',         'Paper clip',                2, 'EUR')`,
);
