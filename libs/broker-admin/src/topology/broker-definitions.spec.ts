import { createHash } from 'node:crypto';
import { DEFAULT_QUEUE_SETTINGS, TOPOLOGY } from '@app/contracts';
import { brokerDefinitions } from './broker-definitions';
import { durableTopology } from './durable-topology';

const PASSWORDS = { 'order-api': 'one', inventory: 'two', email: 'three', sms: 'four' };
const accounts = {
  vhost: 'order-events',
  passwords: PASSWORDS,
  administrator: { name: 'admin', password: 'zero' },
};

const OWN = 'amq.gen-Xy_1';

type Entries = readonly Readonly<Record<string, string>>[];

/** The definitions as the broker reads them. */
const sut = (changes: object = {}): Record<string, Entries> => {
  const definitions: Record<string, Entries> = JSON.parse(
    JSON.stringify(brokerDefinitions({ ...accounts, ...changes })),
  );
  return definitions;
};

describe(brokerDefinitions.name, () => {
  it('makes a user for each service that has a password, without any tag', () => {
    const users = sut({ passwords: { email: 'three' } }).users?.map(({ name, tags }) => ({ name, tags }));
    expect(users).toEqual([
      { name: 'admin', tags: ['administrator'] },
      { name: 'email', tags: [] },
    ]);
  });

  it('makes the users for development, and limits the queues that the broker names for them, only where they have passwords', () => {
    const names = ({ users = [] }: Record<string, Entries>): unknown[] => users.map(({ name }) => name);
    const limits = ({ policies = [] }: Record<string, Entries>): unknown[] =>
      policies.map(({ pattern }) => pattern).filter((pattern) => OWN.match(pattern ?? ''));
    expect(names(sut())).toEqual(['admin', ...Object.keys(PASSWORDS)]);
    expect(limits(sut())).toEqual([]);
    const sutForDevelopment = sut({ passwords: { tail: 'five', visitor: 'six' } });
    expect(names(sutForDevelopment)).toEqual(['admin', 'tail', 'visitor']);
    expect(limits(sutForDevelopment)).toHaveLength(1);
  });

  it('keeps passwords as salted SHA-256 hashes alone', () => {
    const definitions = sut();
    for (const [name, password] of [...Object.entries(PASSWORDS), ['admin', 'zero']]) {
      const user = definitions.users?.find((one) => one.name === name);
      const hash = Buffer.from(user?.password_hash ?? '', 'base64');
      const expected = createHash('sha256').update(hash.subarray(0, 4)).update(String(password)).digest();
      expect(hash.subarray(4)).toEqual(expected);
      expect(user?.hashing_algorithm).toBe('rabbit_password_hashing_sha256');
    }
    expect(definitions.users?.[1]).not.toHaveProperty('password');
  });

  it('never salts twice the same', () => {
    expect(sut().users?.[0]?.password_hash).not.toBe(sut().users?.[0]?.password_hash);
  });

  it('lets the administrator do everything', () => {
    const rights = { user: 'admin', vhost: 'order-events', configure: '.*', write: '.*', read: '.*' };
    expect(sut().permissions).toContainEqual(rights);
  });

  describe.each([
    [
      'order-api',
      [OWN],
      ['order_events', 'ops_alerts', 'order-api.retry', 'inventory.availability.questions', OWN],
      ['order-api.inventory_events', 'inventory.availability.answers', OWN],
    ],
    [
      'inventory',
      [],
      ['inventory_events', 'ops_alerts', 'inventory.retry', 'inventory.availability.answers'],
      ['inventory.order_events', 'inventory.availability'],
    ],
    ['email', [], ['ops_alerts', 'email.retry'], ['email.order_events', 'email_tasks']],
    ['sms', [], ['ops_alerts', 'sms.retry'], ['sms.order_events']],
  ])('gives %s the right', (service, configured, written, read) => {
    const { exchanges, queues } = durableTopology(TOPOLOGY);
    const resources = [...exchanges, ...queues].map(({ name }) => name);
    const others = [
      '',
      'amq.default',
      'amq.topic',
      'amq.generic',
      OWN,
      'xorder_events',
      'order_eventsx',
      `${service}Xretry`,
      `${service}Xorder_events`,
    ];
    const allowed = (right: 'configure' | 'write' | 'read') => {
      const regex = new RegExp(sut().permissions?.find(({ user }) => user === service)?.[right] ?? '');
      return [...resources, ...others].filter((name) => regex.test(name));
    };

    it('to declare nothing, other than queues that the broker names where it asks', () => {
      expect(allowed('configure').filter((name) => name !== '')).toEqual(configured);
    });

    it('to write to its exchanges, the alerts, its retry exchange and for RPC alone, and never past the exchanges', () => {
      expect(allowed('write').sort()).toEqual([...written].sort());
    });

    it('to read its own queues alone, and where it asks what is answered', () => {
      expect(allowed('read').sort()).toEqual([...read].sort());
    });
  });

  describe.each([
    ['tail', [OWN], [OWN], ['order_events', 'order_topics', 'order_headers', 'inventory_events', OWN]],
    [
      'visitor',
      [OWN, 'email_tasks'],
      [OWN, 'amq.default', 'inventory.availability.questions'],
      [
        'order_events',
        'order_topics',
        'order_headers',
        'inventory_events',
        'inventory.availability.answers',
        OWN,
      ],
    ],
  ])('gives %s the right', (user, configured, written, read) => {
    const { exchanges, queues } = durableTopology(TOPOLOGY);
    const names = [...exchanges, ...queues].map(({ name }) => name);
    const { permissions = [] } = sut({ passwords: { tail: 'five', visitor: 'six' } });
    const rights = permissions.find((entry) => entry.user === user);
    it.each([
      ['declare', 'configure', configured],
      ['write to', 'write', written],
      ['read', 'read', read],
    ])('to %s these alone', (_, right, allowed) => {
      const pattern = new RegExp(rights?.[right] ?? '');
      const fitting = [...names, OWN, 'amq.default', 'amqxdefault', 'tail', ''].filter((name) =>
        pattern.test(name),
      );
      expect(fitting.sort()).toEqual(allowed.toSorted());
    });
  });

  it('has all of the durable topology, durable', () => {
    const { exchanges, queues, bindings } = durableTopology(TOPOLOGY);
    const definitions = sut();
    const durable = { vhost: 'order-events', durable: true, auto_delete: false };
    expect(definitions.vhosts).toEqual([{ name: 'order-events' }]);
    expect(definitions.exchanges).toEqual(exchanges.map((one) => ({ ...one, ...durable, arguments: {} })));
    expect(definitions.queues).toEqual(queues.map((one) => ({ ...one, ...durable })));
    expect(definitions.bindings).toEqual(
      bindings.map(({ source, destination, destinationType, routingKey }) => ({
        vhost: 'order-events',
        source,
        destination,
        destination_type: destinationType,
        routing_key: routingKey,
        arguments: {},
      })),
    );
  });

  it('takes the settings of the queues', () => {
    const settings = { ...DEFAULT_QUEUE_SETTINGS, queueType: 'classic' as const };
    const definitions = JSON.stringify(brokerDefinitions(accounts, settings));
    expect(definitions).toContain('"x-queue-type":"classic"');
    expect(definitions).not.toContain('quorum');
  });
});
