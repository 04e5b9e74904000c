import { sqlMigration } from '@app/persistence';

/** What the demo shop has on its shelves; the order API's catalogue sells the same SKUs. */
export const demoStockMigration = sqlMigration(
  `insert into stock (sku, on_hand, low_threshold) values
     ('RUBBER-CHICKEN',     500,     50),
     ('WHOOPEE-CUSHION',    300,     30),
     ('YO-YO',              400,     40),
     ('KAZOO',              250,     25),
     ('LAVA-LAMP',           80,     10),
     ('DISCO-BALL',          40,      5),
     ('GARDEN-GNOME',       120,     10),
     ('UKULELE',             60,      5),
     ('HOT-AIR-BALLOON',      5,      1),
     ('ROCKET-SHIP',          1,      0),
     ('SOLD-OUT-SOCKS',       0,      0),
     ('PAPER-CLIP',     1000000, 100000)`,
);
