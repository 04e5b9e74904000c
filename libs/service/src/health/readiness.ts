import { Injectable, OnModuleDestroy } from '@nestjs/common';

/** `degraded`: something is missing, but the service still does its main job. */
export type Health = 'up' | 'degraded' | 'down';

/** Something that the service needs to do its job. */
export interface ReadinessCheck {
  readonly name: string;
  health(): Health | Promise<Health>;
}

export interface ReadinessReport {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly checks: Readonly<Record<string, Health>>;
}

/** Whether the service should get work: asks all that the service said it needs, and is down as soon as it stops. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly checks: ReadinessCheck[] = [];
  private stopping = false;

  register(check: ReadinessCheck): void {
    this.checks.push(check);
  }

  /** The first hook of a stop: no load balancer sends work here while it is drained. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      this.checks.map(async (check): Promise<[string, Health]> => [check.name, await healthOf(check)]),
    );
    const checks = Object.fromEntries(results);
    return { status: this.overall(Object.values(checks)), checks };
  }

  private overall(healths: readonly Health[]): ReadinessReport['status'] {
    if (this.stopping || healths.includes('down')) return 'unavailable';
    return healths.includes('degraded') ? 'degraded' : 'ok';
  }
}

async function healthOf(check: ReadinessCheck): Promise<Health> {
  try {
    return await check.health();
  } catch {
    return 'down';
  }
}
