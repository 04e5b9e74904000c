import { join } from 'node:path';
import { CHECKOUT } from '../../infra/environment';
import { freePort } from '../../infra/processes/ports';
import type { Sends } from './contestant';
import type { Programs } from './programs';

const INSIDE = join(CHECKOUT, 'bench', 'sinks', 'inside.cjs');

type Addresses = Readonly<Record<'SMTP_URL' | 'SMS_GATEWAY_URL', string>>;

/** The providers that only count, and what a service must be told to send there. */
export class Providers {
  private fast?: Addresses;
  private slow?: Addresses;

  constructor(private readonly programs: Programs) {}

  async start(): Promise<void> {
    this.fast = await this.startOne('sinks');
    this.slow = await this.startOne('slow sinks', { DELAY_MS: '100' });
  }

  /** The variables that differ from those of `npm start`. */
  environment(sends: Sends): Record<string, string> {
    if (sends === 'real') return {};
    const inside: Record<string, string> = sends === 'inside' ? { NODE_OPTIONS: `--require ${INSIDE}` } : {};
    return { ...inside, ...(sends === 'slow' ? this.slow : this.fast) };
  }

  private async startOne(name: string, env: Record<string, string> = {}): Promise<Addresses> {
    const [smtp, http] = [await freePort(), await freePort()];
    const args = [String(smtp), String(http)];
    await this.programs.start({ name, file: 'bench/sinks/sinks.mjs', args, env });
    return { SMTP_URL: `smtp://127.0.0.1:${smtp}`, SMS_GATEWAY_URL: `http://127.0.0.1:${http}` };
  }
}
