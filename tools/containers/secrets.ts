import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEVELOPMENT_USERS } from '@app/broker-admin';
import { launcherConfig } from '../console/launcher-config';
import { Accounts } from '../launcher/suite/accounts';
import { type Files, secretFiles } from './secret-files';
import { Servers } from './servers';

const OPTIONS = { development: { type: 'boolean' } } as const;

/** Makes the passwords that are not there yet, and writes for each container what it is to know. With `--development`, the broker also has users for a developer's programs. */
function secrets(args: string[]): void {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [folder = '/secrets'] = positionals;
  const accounts = new Accounts(folder, values.development === true ? DEVELOPMENT_USERS : []);
  const config = launcherConfig(process.env);
  const files = secretFiles(accounts, new Servers(config, accounts.vhost), config);
  for (const [container, itsFiles] of Object.entries(files)) write(join(folder, container), itsFiles);
}

/** A container that has the folder mounted may read them, and no other can. */
function write(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o644 });
}

secrets(process.argv.slice(2));
