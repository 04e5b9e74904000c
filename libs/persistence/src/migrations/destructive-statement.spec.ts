import { DestructiveStatement } from './destructive-statement';
import { sqlMigration } from './migrations';

describe('A migration', () => {
  it.each([
    'create table things (id int primary key, name text unique, parent int references things)',
    'create index things_by_name on things (name)',
    'alter table things add column weight integer not null default 0',
    'alter table things add column weight integer not null default 0, add column size integer default 0 not null',
    'alter table things add column number bigint not null generated always as identity, add column note text',
    'alter table things alter column name drop not null',
    `alter table things drop constraint things_state_check, add constraint things_state_check check (state in ('new', 'old'))`,
    `insert into things values (1, 'drop by, and rename it')`,
  ])('may add: %s', (statement) => {
    expect(() => sqlMigration(statement)).not.toThrow();
  });

  it.each([
    'drop table things',
    'drop index things_by_name',
    'alter table things drop column name',
    'alter table things drop constraint things_pkey',
    'ALTER TABLE things\n  DROP CONSTRAINT things_name_key',
    'alter table things rename to stuff',
    'alter table things rename column name to title',
    'alter table things alter column id type bigint',
    'alter table things alter name set not null',
    'alter table things add column weight integer not null',
    'alter table things add note text, add weight integer not null, add size integer default 0',
    'alter table things add primary key (name)',
    'alter table things add constraint one_of_a_name unique (name)',
    'alter table things add column parent int references things',
    'create unique index on things (name)',
    'truncate things',
  ])('may not take away, rename or change keys: %s', (statement) => {
    expect(() => sqlMigration('create table stuff (id int)', statement)).toThrow(DestructiveStatement);
  });
});
