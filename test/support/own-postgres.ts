import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { PrivatePostgres } from '../../infra/postgres/private-postgres';
import { ProcessLedger } from '../../infra/processes/process-ledger';

/** A PostgreSQL that a spec may stop and kill, since no other spec uses it. It has not been started yet. */
export class OwnPostgres extends PrivatePostgres {
  private constructor(
    private readonly folder: string,
    private readonly ledger: ProcessLedger,
  ) {
    super({ folder: `${folder}/postgres`, fsync: false, ledger });
  }

  static async create(): Promise<OwnPostgres> {
    const folder = resolve('.data', 'test', `${process.pid}-own`);
    const ledger = new ProcessLedger(folder);
    await ledger.take();
    return new OwnPostgres(folder, ledger);
  }

  override async remove(): Promise<void> {
    await super.remove();
    this.ledger.release();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
