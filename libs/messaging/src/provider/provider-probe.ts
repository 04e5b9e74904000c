import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { DiscoveredMethod, HandlerDiscovery } from '../handlers/handler-discovery';
import { PROBE } from './probe.decorator';

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
      await this.method?.call({});
      return true;
    } catch (error) {
      this.logger.debug(`The ${this.provider} is still away: ${String(error)}`);
      return false;
    }
  }
}
