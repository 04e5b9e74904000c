import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { ConnectionPool } from './connection-pool';

/** Tells how the connections to the database are used, and how many callers wait for one. */
@Injectable()
export class PoolMetrics {
  constructor(registry: Registry, pool: ConnectionPool) {
    new Gauge({
      name: 'database_pool_connections',
      help: 'Open connections to the database: used by a statement or transaction, or idle. At most DATABASE_POOL_SIZE.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        const { used, idle } = pool.figures;
        this.set({ state: 'used' }, used);
        this.set({ state: 'idle' }, idle);
      },
    });
    new Gauge({
      name: 'database_pool_waiting',
      help: 'Callers that wait for a connection to the database; each for 3 s at most.',
      registers: [registry],
      collect() {
        this.set(pool.figures.waiting);
      },
    });
  }
}
