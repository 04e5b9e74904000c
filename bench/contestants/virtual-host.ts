import type { Suite } from '../../tools/launcher/suite/suite';

/** Makes a virtual host on the suite's broker. Resolves with its address for the administrator. */
export async function addVirtualHost({ broker, accounts }: Suite, name: string): Promise<string> {
  const { name: user, password } = accounts.administrator;
  const headers = {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'content-type': 'application/json',
  };
  const put = async (path: string, body: object): Promise<void> => {
    const url = `${broker.managementUrl}/api/${path}`;
    const { ok, status } = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) });
    if (!ok) throw new Error(`${path}: RabbitMQ's management API answered ${status}.`);
  };
  await put(`vhosts/${name}`, {});
  await put(`permissions/${name}/${user}`, { configure: '.*', write: '.*', read: '.*' });
  const url = new URL(broker.administratorUrl);
  url.pathname = `/${name}`;
  return url.href;
}
