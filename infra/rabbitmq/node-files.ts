import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { environmentWith, shortHash } from '../environment';

/** The ports of a node, all on 127.0.0.1. */
export interface NodePorts {
  readonly amqp: number;
  readonly management: number;
  /** For Prometheus; undefined where the node does not answer it. */
  readonly metrics?: number;
  /** Between nodes, and for the command line tools. */
  readonly distribution: number;
  readonly epmd: number;
}

/** What makes nodes one cluster. */
export interface ClusterSecret {
  /** Nodes that have the same one trust each other. */
  readonly cookie: string;
  /** The folders of all its nodes; they give the nodes their names. */
  readonly folders: readonly string[];
}

const LOOPBACK = '-kernel inet_dist_use_interface {127,0,0,1}';

/** How often a quorum queue tells its length to the management API, in milliseconds; 5 s by default. */
const QUORUM_TICK = '-rabbit quorum_tick_interval 1000';

/**
 * A thread that has nothing to do sleeps at once. By default, Erlang's wait awake for a moment, which takes the processor from the
 * services, on the same machine as here; and most of all where there are few messages, with a wait after each.
 * @see https://www.erlang.org/doc/apps/erts/erl_cmd.html#+sbwt
 */
const NO_BUSY_WAIT = '+sbwt none +sbwtdcpu none +sbwtdio none';

/** Erlang looks for it in the home folder, and makes one where there is none. */
const COOKIE = '.erlang.cookie';

const nodeNameIn = (folder: string): string => `order-events-${shortHash(folder)}@localhost`;

/** Counts only for a node without data: it joins those that it finds. @see https://www.rabbitmq.com/docs/cluster-formation */
function clusterFormation(cluster: ClusterSecret | undefined): Record<string, string> {
  if (cluster === undefined) return {};
  const settings: Record<string, string> = {
    'cluster_formation.peer_discovery_backend': 'classic_config',
    // As in the compose file: a minority stops by itself, rather than going its own way.
    cluster_partition_handling: 'pause_minority',
  };
  cluster.folders.forEach((folder, index) => {
    settings[`cluster_formation.classic_config.nodes.${index + 1}`] = nodeNameIn(folder);
  });
  return settings;
}

const pluginsFor = ({ metrics }: NodePorts, more: readonly string[]): string[] => [
  'rabbitmq_management',
  ...(metrics === undefined ? [] : ['rabbitmq_prometheus']),
  ...more,
];

/** @see https://www.rabbitmq.com/docs/prometheus#listener */
const metricsOn = ({ metrics }: NodePorts): Record<string, string> =>
  metrics === undefined ? {} : { 'prometheus.tcp.ip': '127.0.0.1', 'prometheus.tcp.port': String(metrics) };

/** The folder of a private node: its data, its configuration, its cookie. Nothing of the machine's own RabbitMQ is read. */
export class NodeFiles {
  /** Part of the data's path, so it must stay the same. */
  readonly nodeName: string;

  constructor(
    readonly folder: string,
    private readonly cluster?: ClusterSecret,
    private readonly plugins: readonly string[] = [],
  ) {
    this.nodeName = nodeNameIn(folder);
  }

  /** @see https://www.rabbitmq.com/docs/configure#config-items */
  write(ports: NodePorts, definitions: object | undefined): void {
    mkdirSync(this.folder, { recursive: true });
    this.put('enabled_plugins', `[${pluginsFor(ports, this.plugins).join(',')}].\n`);
    this.put('environment', '# Nothing: so that the one of the machine is not read.\n');
    if (this.cluster !== undefined && !existsSync(this.path(COOKIE))) this.put(COOKIE, this.cluster.cookie);
    if (definitions !== undefined) this.put('definitions.json', JSON.stringify(definitions));
    const settings = {
      'listeners.tcp.1': `127.0.0.1:${ports.amqp}`,
      'management.tcp.ip': '127.0.0.1',
      'management.tcp.port': ports.management,
      collect_statistics_interval: 1000,
      'log.file': false,
      'log.console': true,
      'log.console.level': 'warning',
      'management.sample_retention_policies.global.minute': 1,
      'management.sample_retention_policies.basic.minute': 1,
      'management.sample_retention_policies.detailed.minute': 1,
      ...(definitions === undefined ? {} : { load_definitions: this.path('definitions.json') }),
      ...metricsOn(ports),
      ...clusterFormation(this.cluster),
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
    this.put('rabbitmq.conf', lines.join(''));
  }

  /** @see https://www.rabbitmq.com/docs/relocate */
  environment(ports: NodePorts, epmd: string): Record<string, string> {
    const own = environmentWith({});
    return {
      ...own,
      PATH: [own.PATH, dirname(epmd)].join(delimiter),
      HOME: this.folder,
      LC_ALL: 'C.UTF-8',
      ERL_EPMD_PORT: String(ports.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: this.nodeName,
      RABBITMQ_NODE_PORT: String(ports.amqp),
      RABBITMQ_DIST_PORT: String(ports.distribution),
      RABBITMQ_MNESIA_BASE: this.path('data'),
      RABBITMQ_LOG_BASE: this.path('log'),
      RABBITMQ_CONF_ENV_FILE: this.path('environment'),
      RABBITMQ_CONFIG_FILE: this.path('rabbitmq.conf'),
      RABBITMQ_CONFIG_FILES: this.path('conf.d/*.conf'),
      RABBITMQ_ADVANCED_CONFIG_FILE: this.path('advanced.config'),
      RABBITMQ_GENERATED_CONFIG_DIR: this.path('generated'),
      RABBITMQ_ENABLED_PLUGINS_FILE: this.path('enabled_plugins'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `${LOOPBACK} ${QUORUM_TICK} ${NO_BUSY_WAIT}`,
      // With these two the script becomes the Erlang machine instead of starting it: one process, and its pid is the broker's.
      RABBITMQ_ALLOW_INPUT: 'true',
      RABBITMQ_SERVER_START_ARGS: '-noinput',
    };
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  /** The definitions hold passwords. */
  private put(name: string, text: string): void {
    writeFileSync(this.path(name), text, { mode: 0o600 });
  }
}
