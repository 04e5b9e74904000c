import { Client, escapeIdentifier, escapeLiteral } from 'pg';

export interface NewDatabase {
  readonly name: string;
  /** Owns the database, and alone can connect to it. */
  readonly role: string;
  readonly password: string;
}

/** Makes the role and the database where they are not there yet; the role's password becomes the given one. */
export async function createDatabase(
  administratorUrl: string,
  { name, role, password }: NewDatabase,
): Promise<void> {
  const client = new Client({ connectionString: administratorUrl });
  await client.connect();
  try {
    const has = async (sql: string, value: string): Promise<boolean> =>
      (await client.query(sql, [value])).rowCount !== 0;
    const owner = escapeIdentifier(role);
    if (!(await has('select from pg_roles where rolname = $1', role)))
      await client.query(`create role ${owner}`);
    await client.query(`alter role ${owner} with login password ${escapeLiteral(password)}`);
    if (!(await has('select from pg_database where datname = $1', name))) {
      await client.query(`create database ${escapeIdentifier(name)} owner ${owner}`);
    }
    for (const database of [name, 'postgres', 'template1']) {
      await client.query(`revoke connect on database ${escapeIdentifier(database)} from public`);
    }
  } finally {
    await client.end();
  }
}
