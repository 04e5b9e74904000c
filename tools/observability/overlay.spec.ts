import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOPOLOGY } from '@app/contracts';
import { parse } from 'yaml';
import { CHECKOUT } from '../../infra/environment';
import { parsed } from '../../infra/json';
import { SERVICES } from '../launcher/suite/service-descriptions';

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
}

interface ComposeService {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly unknown[];
}

interface Scrapes {
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly port: number }[];
    readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  }[];
}

const textOf = (file: string): string => readFileSync(join(CHECKOUT, file), 'utf8');

/** Compose's own tags, such as `!reset`, are left alone. */
const json = (file: string): string =>
  JSON.stringify(parse(textOf(file), { merge: true, logLevel: 'error' }));
const servicesIn = (file: string): ComposeFile['services'] => parsed<ComposeFile>(json(file)).services;

const suite = servicesIn('docker-compose.yml');
const cluster = servicesIn('docker-compose.cluster.yml');
const overlay = servicesIn('docker-compose.observability.yml');
const ours = TOPOLOGY.map(({ service }) => service);

describe('The containers for observability', () => {
  const added = Object.entries(overlay).filter(([name]) => !(name in suite));

  it.each(added)('%s has an image of one exact version', (_, { image }) => {
    expect(image).toMatch(/^[\w/.-]+:v?\d+\.\d+\.\d+$/);
  });

  it.each(added)('%s is given files that are there', (_, { volumes = [] }) => {
    const files = volumes.flatMap((volume) => /^\.\/[^:]+/.exec(String(volume)) ?? []);
    for (const file of files)
      expect({ file, isThere: existsSync(join(CHECKOUT, file)) }).toMatchObject({ isThere: true });
  });

  it('have all services send their traces to one of them', () => {
    for (const name of ours) {
      const collector = new URL(String(overlay[name]?.environment?.OTEL_EXPORTER_OTLP_ENDPOINT));
      expect(Object.keys(overlay)).toContain(collector.hostname);
    }
  });

  it('show in Grafana what their Prometheus has', () => {
    const file = 'docker/grafana/provisioning/datasources/prometheus.yml';
    const [source] = parsed<{ datasources: { url: string }[] }>(json(file)).datasources;
    expect(overlay).toHaveProperty(new URL(source?.url ?? '').hostname);
  });
});

describe('Prometheus', () => {
  const scraped = (file: string) => parsed<Scrapes>(json(`docker/prometheus/${file}`)).scrape_configs;

  it('finds each service in containers under its name and port', () => {
    const found = scraped('prometheus.yml').flatMap(({ dns_sd_configs = [] }) =>
      dns_sd_configs.flatMap(({ names, port }) => names.map((name) => ({ name, port }))),
    );
    for (const name of ours) expect(found).toContainEqual({ name, port: suite[name]?.environment?.PORT });
    const nodes = Object.keys({ ...suite, ...cluster }).filter((name) => name.startsWith('rabbitmq'));
    expect(nodes).toHaveLength(3);
    for (const name of nodes) expect(found).toContainEqual({ name, port: 15_692 });
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set([...ours, ...nodes]));
  });

  it('finds each service beside npm start at its usual port', () => {
    const found = scraped('npm-start.yml').map(({ job_name, static_configs = [] }) => [
      job_name,
      ...static_configs.flatMap(({ targets }) => targets),
    ]);
    for (const { name, port } of SERVICES.filter((service) => ours.includes(service.name)))
      expect(found).toContainEqual([name, `127.0.0.1:${port}`]);
    expect(suite.rabbitmq?.ports).toContainEqual(expect.stringMatching(/-15692}:15692$/));
    expect(found).toContainEqual(['rabbitmq', '127.0.0.1:15692']);
  });

  it('alone gets at the metrics of order-api in a cluster: its door leads to none', () => {
    expect(textOf('docker/nginx.conf')).toMatch(/location = \/metrics \{[^}]*return 404 /);
    expect(cluster['order-api']?.ports).toEqual([]);
  });
});
