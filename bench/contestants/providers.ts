import { join } from 'node:path';
import { CHECKOUT } from '../../tools/launcher/environment';
import { freePort } from '../../tools/launcher/processes/ports';
import type { Sends } from './contestant';
import type { Programs } from './programs';

const INSIDE = join(CHECKOUT, 'bench', 'sinks', 'inside.cjs');

/** The providers that only count, and what a service must be told to send there. */
export class Providers {
  private ports?: { readonly smtp: number; readonly http: number };

  constructor(private readonly programs: Programs) {}

  async start(): Promise<void> {
    this.ports = { smtp: await freePort(), http: await freePort() };
    const args = [String(this.ports.smtp), String(this.ports.http)];
    await this.programs.start({ name: 'sinks', file: 'bench/sinks/sinks.mjs', args });
  }

  /** The variables that differ from those of `npm start`. */
  environment(sends: Sends): Record<string, string> {
    if (sends === 'real') return {};
    const inside: Record<string, string> = sends === 'inside' ? { NODE_OPTIONS: `--require ${INSIDE}` } : {};
    return {
      ...inside,
      SMTP_URL: `smtp://127.0.0.1:${this.ports?.smtp}`,
      SMS_GATEWAY_URL: `http://127.0.0.1:${this.ports?.http}`,
    };
  }
}
