import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerConfig } from '@app/amqp';
import type { Environment } from '@app/service';
import { brokerConfig, NoBroker } from './broker-config';

const GIVEN = 'amqp://user:secret@broker/vhost';
const SUITE = 'amqp://administrator:secret@127.0.0.1:7/order-events';

describe(brokerConfig.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'broker-config-'));
  const file = join(folder, 'suite.json');
  const urlOf = (environment: Environment) => brokerConfig(BrokerConfig, environment, folder).rabbitmqUrl;

  afterEach(() => rmSync(file, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes the broker of RABBITMQ_URL, also while the suite runs', () => {
    writeFileSync(file, JSON.stringify({ rabbitmqUrl: SUITE }));
    expect(urlOf({ RABBITMQ_URL: GIVEN })).toEqual([GIVEN]);
  });

  it('takes every node of a cluster', () => {
    expect(urlOf({ RABBITMQ_URL: `${GIVEN},${SUITE}` })).toEqual([GIVEN, SUITE]);
  });

  it.each([{}, { RABBITMQ_URL: '' }])('takes that of the suite which runs, with %j', (environment) => {
    writeFileSync(file, JSON.stringify({ rabbitmqUrl: SUITE, mailUrl: 'http://127.0.0.1:8' }));
    expect(urlOf(environment)).toEqual([SUITE]);
  });

  it('says what to do when there is neither', () => {
    expect(() => urlOf({})).toThrow(NoBroker);
    expect(() => urlOf({})).toThrow('Start the suite with "npm start", or set RABBITMQ_URL.');
  });

  it.each(['', '{', 'null', '{}', '{"rabbitmqUrl":7}'])('takes a file with %j for none', (text) => {
    writeFileSync(file, text);
    expect(() => urlOf({})).toThrow(NoBroker);
  });

  it('refuses what is no URL of a broker, and does not repeat it', () => {
    const broken = () => urlOf({ RABBITMQ_URL: 'http://user:secret@broker' });
    expect(broken).toThrow(/RABBITMQ_URL must be a URL/);
    expect(broken).not.toThrow(/secret/);
  });
});
