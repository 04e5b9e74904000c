import { join } from 'node:path';
import { PrivatePostgres } from '../../infra/postgres/private-postgres';
import { TestFolder } from './test-folder';

/** A PostgreSQL that a spec may stop and kill, since no other spec uses it. It has not been started yet. */
export class OwnPostgres extends PrivatePostgres {
  private constructor(private readonly testFolder: TestFolder) {
    super({ folder: join(testFolder.path, 'postgres'), fsync: false, ledger: testFolder.ledger });
  }

  static async create(): Promise<OwnPostgres> {
    return new OwnPostgres(await TestFolder.take('own-postgres'));
  }

  override async remove(): Promise<void> {
    await super.remove();
    this.testFolder.remove();
  }
}
