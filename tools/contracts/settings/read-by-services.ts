import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { TOPOLOGY } from '@app/contracts';
import { type ConfigClass, ServiceConfig, TracingConfig } from '@app/service';

const load = createRequire(__filename);

/** Which services read each class. They are asked for it as they were built: tools import no app. */
export function readByServices(): ReadonlyMap<ConfigClass, string[]> {
  const readers = new Map<ConfigClass, string[]>();
  for (const { service } of TOPOLOGY) {
    const classes = [ServiceConfig, ...configOf(service), TracingConfig];
    for (const one of new Set(classes)) readers.set(one, [...(readers.get(one) ?? []), service]);
  }
  return readers;
}

/** @throws Error for a service without such a file */
function configOf(service: string): ConfigClass[] {
  const path = `apps/${service}/src/${service}.config`;
  const file = resolve('dist', `${path}.js`);
  if (!existsSync(file))
    throw new Error(`There is no ${path}.ts, which says what ${service} reads from its environment.`);
  const loaded: unknown = load(file);
  return typeof loaded === 'object' && loaded !== null ? Object.values(loaded).flat().filter(isClass) : [];
}

const isClass = (value: unknown): value is ConfigClass => typeof value === 'function';
