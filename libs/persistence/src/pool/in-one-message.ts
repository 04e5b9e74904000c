import { PoolClient, Query } from 'pg';
import { prepareValue } from 'pg/lib/utils';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the server answers to one statement. */
export interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: never[];
}

/**
 * Sends statements to the server together, which costs one round trip. After an error the server skips those behind it: none is executed
 * without all before it, so a statement never runs outside the transaction whose `begin` was sent before it.
 * @returns the answer to each @throws the first error
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export function inOneMessage(client: PoolClient, statements: readonly Statement[]): Promise<Answer[]> {
  const encoded = statements.map(({ text, values }) => ({
    text,
    values: values.map((value) => prepareValue(value)),
  }));
  return new Promise((resolve, reject) => {
    const texts = statements.map(({ text }) => text).join('; ');
    const query = new Query<never>(texts, (error: Error | undefined, answers: Answer | Answer[]) => {
      if (error) reject(error);
      else resolve([answers].flat());
    });
    query.submit = (connection) => {
      connection.stream.cork();
      for (const { text, values } of encoded) {
        connection.parse({ name: '', text, types: [] }, true);
        connection.bind({ values }, true);
        connection.describe({ type: 'P' }, true);
        connection.execute({}, true);
      }
      connection.sync();
      connection.stream.uncork();
    };
    client.query(query);
  });
}
