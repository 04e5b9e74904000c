const REMEMBER = `
  insert into inbox (consumer, id) select $1, unnest($2::text[]) on conflict do nothing returning id`;

/** Those of the events that this consumer has not seen yet; from now on it has. */
export async function onlyNew(client, consumer, events) {
  const values = [consumer, events.map(({ id }) => id)];
  const { rows } = await client.query({ name: 'remember', text: REMEMBER, values });
  const fresh = new Set(rows.map(({ id }) => id));
  return events.filter(({ id }) => fresh.has(id));
}
