import { readFileSync } from 'node:fs';
import { DatabaseConfig } from '@app/persistence';
import { SERVICES } from '../launcher/suite/service-descriptions';

/** Kept for administrators (`superuser_reserved_connections`). */
const RESERVED = 3;

/** A process that starts has two more, while it migrates. */
const MIGRATING = 2;

const WITH_DATABASE = SERVICES.filter(({ database }) => database !== undefined);

describe("The containers' PostgreSQL", () => {
  const numbersIn = (file: string, pattern: RegExp): number[] =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, number]) => Number(number));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const needed = (processes: number): number =>
    RESERVED + processes * (new DatabaseConfig().databasePoolSize + MIGRATING);

  it('has connections for as many replicas as the documentation starts', () => {
    const [command = ''] =
      /^docker compose up --wait --scale.*$/m.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
    const scaled = [...command.matchAll(/--scale \S+=(\d+)/g)].map(([, replicas]) => Number(replicas));
    expect(scaled.length).toBeGreaterThan(0);
    const processes = sum(scaled) + WITH_DATABASE.length - scaled.length;
    const [connections] = numbersIn('docker-compose.yml', /max_connections=(\d+)/g);
    expect(connections).toBeGreaterThanOrEqual(needed(processes));
  });

  it('has connections for as many replicas as the cluster starts', () => {
    const replicas = numbersIn('docker-compose.cluster.yml', /deploy: { replicas: (\d+) }/g);
    expect(replicas).toHaveLength(WITH_DATABASE.length);
    const [connections] = numbersIn('docker-compose.cluster.yml', /max_connections=(\d+)/g);
    expect(connections).toBeGreaterThanOrEqual(needed(sum(replicas)));
  });
});
