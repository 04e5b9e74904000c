// Does what email and sms do around a send, and sends nothing.
import { consume } from './broker.mjs';
import { pool } from './database.mjs';

const OPEN = "insert into deliveries select $1, unnest($2::text[]), 'sending' on conflict do nothing";
const CLOSE = "update deliveries set state = 'sent' where consumer = $1 and message_id = any($2::text[])";

for (const consumer of ['email', 'sms']) {
  await consume(consumer, async (events) => {
    const values = [consumer, events.map(({ id }) => id)];
    await pool.query({ name: 'open', text: OPEN, values });
    await pool.query({ name: 'close', text: CLOSE, values });
  });
}
console.log('ready');
