import { publish } from './broker.mjs';
import { pool } from './database.mjs';

const BATCH = 500;
const POLL_MS = 200;

/** Carries the rows of an outbox to an exchange, oldest first. Returns what wakes it. */
export function relay(table, exchange) {
  const oldest = `select position, routing_key, body from ${table} order by position limit ${BATCH}`;
  const gone = `delete from ${table} where position = any($1::bigint[])`;
  let woken = false;
  let wake = () => undefined;

  async function run() {
    for (;;) {
      woken = false;
      const { rows } = await pool.query({ name: `${table} oldest`, text: oldest });
      await Promise.all(rows.map((row) => publish(exchange, row.routing_key, row.body)));
      if (rows.length > 0)
        await pool.query({ name: `${table} gone`, text: gone, values: [rows.map((row) => row.position)] });
      else if (!woken) await new Promise((resolve) => setTimeout((wake = resolve), POLL_MS));
    }
  }

  void run();
  return () => {
    woken = true;
    wake();
  };
}
