import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { DiscoveredMethod, HandlerDiscovery } from '../handlers/handler-discovery';
import { PROBE } from './probe.decorator';

/** Milliseconds that a probe may take. A provider that answers byte by byte would hold up the service for ever. */
const LIMIT_MS = 20_000;

/** The `@Probe` method of the service. Without one, the next message is the test of whether the provider is back. */
@Injectable()
export class ProviderProbe implements OnModuleInit {
  private readonly logger = new Logger(ProviderProbe.name);
  private method?: DiscoveredMethod<string>;

  constructor(private readonly discovery: HandlerDiscovery) {}

  onModuleInit(): void {
    [this.method] = this.discovery.methodsWith<string>(PROBE);
  }

  /** Whether the service has a provider. */
  get exists(): boolean {
    return this.method !== undefined;
  }

  get provider(): string {
    return this.method?.metadata ?? 'provider';
  }

  /** Whether the provider would take something now. */
  async succeeds(): Promise<boolean> {
    try {
      await inTime(this.method?.call({}));
      return true;
    } catch (error) {
      this.logger.debug(`The ${this.provider} is still away: ${String(error)}`);
      return false;
    }
  }
}

/** @throws Error when the time is over; what goes on is left alone */
async function inTime(probing?: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  await Promise.race([probing, limit]).finally(() => clearTimeout(timer));
}
