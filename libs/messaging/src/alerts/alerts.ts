import { BrokerConnections, Publisher, TopologyCheck } from '@app/amqp';
import { Alert, OPS_ALERTS, Severity } from '@app/contracts';
import { Database } from '@app/persistence';
import { currentContext, runInContext, ServiceName } from '@app/service';
import { Injectable, Logger, OnModuleInit } from '@nestjs/common';

/** Alerts that could not be sent for so long are dropped, in milliseconds. */
const LIMIT_MS = 5_000;

const LOG_LEVELS = { info: 'log', warning: 'warn', error: 'error' } as const;

/** Tells operators, in the log and on the direct exchange `ops_alerts`. The latter is best effort: nothing waits for it, or is tried again. */
@Injectable()
export class Alerts implements OnModuleInit {
  private readonly logger = new Logger(Alerts.name);
  private check?: TopologyCheck;
  private looking?: Promise<boolean | undefined>;

  constructor(
    private readonly connections: BrokerConnections,
    private readonly publisher: Publisher,
    private readonly service: ServiceName,
    private readonly database: Database,
  ) {}

  /** After a reconnect the broker may be another one. */
  onModuleInit(): void {
    // An alarm blocks the other connection, and there the answer would not come before its end.
    this.check = new TopologyCheck(this.connections.consuming);
    this.connections.publishing.managedConnection.on('connect', () => (this.looking = undefined));
  }

  /**
   * Inside a transaction, what is told waits for its commit: after a rollback nothing of it is true.
   * @param facts for the log alone
   */
  raise(severity: Severity, code: string, text: string, facts: object = {}): void {
    const alert = { severity, service: this.service.value, code, text, at: new Date().toISOString() };
    const context = currentContext();
    this.database.afterCommit(() => {
      runInContext(context, () => this.logger[LOG_LEVELS[severity]]({ ...facts, alert: code }, text));
      this.send(alert).catch((error: unknown) => this.logger.debug(error));
    });
  }

  private async send(alert: Alert): Promise<void> {
    if (!this.publisher.isAvailable || !(await this.exchangeIsThere())) return;
    const options = {
      type: alert.code,
      appId: alert.service,
      contentType: 'application/json',
      timeout: LIMIT_MS,
    };
    await this.connections.publishing.publish(OPS_ALERTS.name, alert.severity, alert, options);
  }

  /** One look for all that ask meanwhile. Without it, a missing exchange would cost the connection, and with it whatever else is in flight. */
  private async exchangeIsThere(): Promise<boolean> {
    this.looking ??= this.check?.has({ exchanges: [OPS_ALERTS.name] }).catch(() => false);
    const isThere = (await this.looking) === true;
    if (!isThere) this.looking = undefined;
    return isThere;
  }
}
