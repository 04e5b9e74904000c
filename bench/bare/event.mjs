import { randomUUID } from 'node:crypto';

/** A CloudEvent, as text. */
export const event = (type, subject, data) =>
  JSON.stringify({
    specversion: '1.0',
    id: randomUUID(),
    source: '/bare',
    type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  });

/** A list of tuples as a list for each column, which is how `unnest` takes them. */
export const columns = (rows) => rows[0].map((_, column) => rows.map((row) => row[column]));
