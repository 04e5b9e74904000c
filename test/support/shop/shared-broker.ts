import { randomUUID } from 'node:crypto';
import { brokerDefinitions } from '@app/broker-admin';
import { TOPOLOGY } from '@app/contracts';
import { addressOf } from '../addresses';
import { TestVhost } from '../broker';
import type { AdministeredBroker } from './broker-desk';
import type { DeploymentOptions } from './deployment';
import type { ShopBroker } from './shop-broker';

/**
 * A virtual host on the node that all of a test run shares, with what a node of the shop's own would have. For tests that leave the
 * node alone: its start takes longer than all the rest of a shop's. Users are the node's: all shops and harnesses give them the same passwords.
 */
export class SharedBroker implements ShopBroker {
  readonly accounts = new SharedAccounts(this.vhost.name);

  private constructor(private readonly vhost: TestVhost) {}

  static async open({ queues, queueKinds }: DeploymentOptions = {}): Promise<SharedBroker> {
    const vhost = new TestVhost(`shop-${randomUUID().slice(0, 8)}`);
    const broker = new SharedBroker(vhost);
    await vhost.post('definitions', brokerDefinitions(broker.accounts, queues, queueKinds));
    return broker;
  }

  get rabbitmq(): AdministeredBroker {
    return { url: urlOnSharedNode, managementUrl: addressOf('rabbitmqManagement').origin };
  }

  get administratorUrls(): readonly string[] {
    const { name, password } = this.accounts.administrator;
    return [urlOnSharedNode(name, password, this.vhost.name)];
  }

  urlFor(service: string): string {
    return urlOnSharedNode(service, this.accounts.brokerPassword(service), this.vhost.name);
  }

  async close(): Promise<void> {
    await this.vhost.drop();
  }
}

class SharedAccounts {
  readonly administrator = { name: 'administrator', password: 'secret' };
  readonly passwords = Object.fromEntries(
    TOPOLOGY.map(({ service }) => [service, this.brokerPassword(service)]),
  );

  constructor(readonly vhost: string) {}

  brokerPassword(user: string): string {
    return user;
  }
}

function urlOnSharedNode(user: string, password: string, vhost: string): string {
  const url = addressOf('rabbitmq');
  return Object.assign(url, { username: user, password, pathname: `/${encodeURIComponent(vhost)}` }).href;
}
