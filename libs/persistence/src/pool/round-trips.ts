import { PoolClient } from 'pg';
import { TransactionAborted } from './database-errors';
import { Answer, inOneMessage, Statement } from './in-one-message';

/** As Kysely writes them. */
const BEGIN: Statement = { text: 'begin', values: [] };
const COMMIT: Statement = { text: 'commit', values: [] };
const ROLLBACK: Statement = { text: 'rollback', values: [] };

/** Behind a statement: it goes out with the next one, in the same round trip, and its answer is not waited for. */
export const THEN_NEXT = '; then the next';

/** How Postgres answers the commit of a transaction in which a statement has failed, also where the answer to that statement was not waited for. */
const ROLLED_BACK = 'ROLLBACK';

/** What is answered where there was nothing to do. */
const NOTHING: Answer = { command: '', rowCount: 0, rows: [] };

/**
 * Sends the statements of one connection in few round trips: `begin` goes out with the first statement of its transaction, and what ends
 * with `THEN_NEXT` with the next one. `commit` goes out alone, once all before it is done: a client whose connection is lost before that knows that
 * nothing was committed.
 */
export class RoundTrips {
  /** What goes out with the next statement. */
  private waiting: Statement[] = [];

  constructor(private readonly client: PoolClient) {}

  /**
   * @returns what the server answers; nothing to a statement that is put off, whose error is that of the one that it goes out with
   * @throws TransactionAborted, or the error of the server
   */
  async answerTo(statement: Statement): Promise<Answer> {
    const { text } = statement;
    if (text === BEGIN.text) return this.putOff(BEGIN);
    if (text === COMMIT.text) return this.commit();
    if (text === ROLLBACK.text) return this.rollback();
    if (text.endsWith(THEN_NEXT))
      return this.putOff({ ...statement, text: text.slice(0, -THEN_NEXT.length) });
    return this.send(statement);
  }

  private putOff(statement: Statement): Answer {
    this.waiting.push(statement);
    return NOTHING;
  }

  private async send(statement: Statement): Promise<Answer> {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return this.client.query<never>(statement.text, [...statement.values]);
    return (await inOneMessage(this.client, [...waiting, statement])).at(-1) ?? NOTHING;
  }

  private async commit(): Promise<Answer> {
    if (this.isNotBegun) return this.forget();
    const answer = await this.send(COMMIT);
    if (answer.command === ROLLED_BACK) throw new TransactionAborted();
    return answer;
  }

  private async rollback(): Promise<Answer> {
    if (this.isNotBegun) return this.forget();
    this.forget();
    return this.send(ROLLBACK);
  }

  /** Whether nothing of the transaction was sent. */
  private get isNotBegun(): boolean {
    return this.waiting[0] === BEGIN;
  }

  private forget(): Answer {
    this.waiting = [];
    return NOTHING;
  }
}
