import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { ProcessLedger } from '../processes/process-ledger';
import { GivenPostgres } from './given-postgres';
import { GivenPostgresUnusable } from './given-postgres-unusable';
import { PrivatePostgres } from './private-postgres';

describe(GivenPostgres.name, () => {
  const folder = resolve('.data', 'test', `${process.pid}-given`);
  const ledger = new ProcessLedger(folder);
  const server = new PrivatePostgres({ folder: join(folder, 'server'), fsync: false, ledger });

  beforeAll(async () => {
    await ledger.take();
    await server.start();
    await query(server.url('postgres'), `create role maker login createrole createdb password 'secret'`);
    await query(server.url('postgres'), `create role visitor login password 'secret'`);
  });

  afterAll(async () => {
    await server.remove();
    ledger.release();
    rmSync(folder, { recursive: true, force: true });
  });

  const query = async (connectionString: string, sql: string): Promise<unknown[]> => {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  const urlOf = (user: string, database = ''): string => {
    const url = new URL(server.url(database));
    url.username = user;
    url.password = 'secret';
    return url.href;
  };

  const given = (user = 'maker'): GivenPostgres => new GivenPostgres(urlOf(user));

  const reasonOf = async (failing: Promise<void>): Promise<string> => {
    const failure: unknown = await failing.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GivenPostgresUnusable);
    const { message } = Object(failure);
    expect(message).not.toContain('secret');
    return String(message);
  };

  it('gets a database, and a role that owns it and alone can connect', async () => {
    const sut = given();
    await sut.prepare();
    await sut.createDatabase('shop', 'shop-keeper', 'first');
    await query(sut.url('shop', 'shop-keeper'), 'create table things ()');
    await expect(query(urlOf('visitor', 'shop'), 'select')).rejects.toThrow('permission denied for database');
  });

  it('keeps what it has, and knows the role by its new password', async () => {
    const sut = given();
    await sut.createDatabase('shop', 'shop-keeper', 'second');
    await expect(query(sut.url('shop', 'shop-keeper'), 'select * from things')).resolves.toEqual([]);
  });

  it('can be asked for the same database by two at once', async () => {
    const both = [given(), given()].map((sut) => sut.createDatabase('twice', 'twice', 'same'));
    await expect(Promise.all(both)).resolves.toHaveLength(2);
  });

  it('keeps all of it when the suite is gone, and stays open to others', async () => {
    await given().remove();
    await expect(query(urlOf('visitor', 'postgres'), 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await expect(query(server.url('shop'), 'select * from things')).resolves.toEqual([]);
  });

  it('refuses a role that it did not make, and leaves it as it is', async () => {
    const refusal = await reasonOf(given().createDatabase('visitor', 'visitor', 'stolen'));
    expect(refusal).toContain('role "visitor"');
    await expect(query(urlOf('visitor', 'postgres'), 'select')).resolves.toHaveLength(1);
  });

  it('refuses a database that another role owns', async () => {
    await query(server.url('postgres'), 'create database orders');
    expect(await reasonOf(given().createDatabase('orders', 'order-api', 'x'))).toContain('database "orders"');
  });

  it('says which rights its user needs', async () => {
    expect(await reasonOf(given('visitor').prepare())).toContain('alter role "visitor" createrole createdb');
  });

  it('says that the user is refused', async () => {
    expect(await reasonOf(given('nobody').prepare())).toContain('authentication failed');
  });

  it('says where nothing answers', async () => {
    const sut = new GivenPostgres('postgres://maker:secret@127.0.0.1:1/postgres');
    expect(await reasonOf(sut.prepare())).toMatch(/127\.0\.0\.1:1\).*ECONNREFUSED/);
  });
});
