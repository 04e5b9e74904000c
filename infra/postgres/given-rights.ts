import type { Client } from 'pg';
import { OUR_ROLE } from './create-database';

const RIGHTS = `
  select rolname as name, rolsuper or (rolcreaterole and rolcreatedb) as enough
  from pg_roles where rolname = current_user`;

/** Why the user may not make our roles and databases; undefined where he may. */
export async function mayCreate(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string; enough: boolean }>(RIGHTS);
  const [user] = rows;
  if (user === undefined || user.enough) return undefined;
  return `the user may not create roles and databases. Allow it with: alter role "${user.name}" createrole createdb`;
}

const STRANGERS = `
  select 'role' as kind, rolname as name from pg_roles
  where rolname = $2 and shobj_description(oid, 'pg_authid') is distinct from $3
  union all
  select 'database', datname from pg_database
  where datname = $1 and pg_get_userbyid(datdba) <> $2`;

/** What on the server has a name that we need, and was not made by us; undefined where nothing has. */
export async function strangerOf(
  client: Client,
  database: string,
  role: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ kind: string; name: string }>(STRANGERS, [database, role, OUR_ROLE]);
  const [stranger] = rows;
  if (stranger === undefined) return undefined;
  const { kind, name } = stranger;
  return `there is a ${kind} "${name}" already that was not made by this program. Drop it, or use another server.`;
}
