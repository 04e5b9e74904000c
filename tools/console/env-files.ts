import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../launcher/suite/service-descriptions';
import type { Suite } from '../launcher/suite/suite';

/** Writes `<service>.env`, with which one service alone runs in an IDE or by `node --env-file`. It holds passwords: its owner alone can read it. */
export function writeEnvFiles(suite: Suite): void {
  for (const { name } of SERVICES) {
    const variables = Object.entries(suite.services.get(name).environment);
    const lines = variables.map(([variable, value]) => `${variable}=${JSON.stringify(value)}\n`);
    writeFileSync(join(suite.dataFolder, `${name}.env`), lines.join(''), { mode: 0o600 });
  }
}
