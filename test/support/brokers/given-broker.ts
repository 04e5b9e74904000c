import type { TestBroker } from './test-broker';

/** A broker that the tests did not start. They use it, and neither stop nor kill it. */
export class BrokerIsNotOurs extends Error {
  readonly code = 'BROKER_IS_NOT_OURS';

  constructor() {
    super('The broker of CONFORMANCE_BROKER_URL is not ours to stop.');
  }
}

/** The broker of `CONFORMANCE_BROKER_URL` and `CONFORMANCE_MANAGEMENT_URL`: one URL for each node, comma-separated, for an administrator. */
export class GivenBroker implements TestBroker {
  readonly urls = listIn('CONFORMANCE_BROKER_URL');
  readonly managementUrls = listIn('CONFORMANCE_MANAGEMENT_URL');

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.reject(new BrokerIsNotOurs());
  }

  kill(): Promise<void> {
    return Promise.reject(new BrokerIsNotOurs());
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }
}

function listIn(variable: string): readonly string[] {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set`);
  return value.split(',');
}
