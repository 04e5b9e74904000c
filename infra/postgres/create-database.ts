import { escapeIdentifier, escapeLiteral, type Client } from 'pg';

export interface NewDatabase {
  readonly name: string;
  /** Owns the database, and alone can connect to it. */
  readonly role: string;
  readonly password: string;
}

/** Makes the role and the database where they are not there yet; the role's password becomes the given one. */
export async function createDatabase(client: Client, { name, role, password }: NewDatabase): Promise<void> {
  const [database, owner] = [escapeIdentifier(name), escapeIdentifier(role)];
  if (!(await has(client, 'select from pg_roles where rolname = $1', role))) {
    await client.query(`create role ${owner}`);
    await client.query(`comment on role ${owner} is ${escapeLiteral(OUR_ROLE)}`);
  }
  await client.query(`alter role ${owner} with login password ${escapeLiteral(password)}`);
  if (await has(client, 'select from pg_database where datname = $1', name)) return;
  // A user who is no superuser must be a member of the role that shall own a database.
  await client.query(`grant ${owner} to current_user`);
  await client.query(`create database ${database} owner ${owner}`);
  await client.query(`revoke connect on database ${database} from public`);
}

/** By its comment a role is known for one that we made, on a server that others use too. */
export const OUR_ROLE = 'A service of order-events';

const has = async (client: Client, sql: string, value: string): Promise<boolean> =>
  (await client.query(sql, [value])).rowCount !== 0;

/** On a server that is ours alone: the administrator's own databases are no concern of any other role. */
export async function keepServicesOut(client: Client): Promise<void> {
  await client.query('revoke connect on database postgres, template1 from public');
}
