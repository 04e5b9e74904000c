import type { Suite } from '../../tools/launcher/suite/suite';

/** Makes a virtual host on the suite's broker. Resolves with its address for the administrator. */
export async function addVirtualHost({ broker, accounts }: Suite, name: string): Promise<string> {
  const { administrator } = accounts;
  await broker.management.put(`vhosts/${name}`);
  const everything = { configure: '.*', write: '.*', read: '.*' };
  await broker.management.put(`permissions/${name}/${administrator.name}`, everything);
  return broker.server.url(administrator, name);
}
