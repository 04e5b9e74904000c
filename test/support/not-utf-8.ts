import { connect, type Options } from 'amqplib';

/** 120 bytes that `publishNotUtf8` spoils on their way. A client that reads them as UTF-8 gets 360. */
export const NOT_UTF_8 = '\u0001'.repeat(120);

const MARKER = Buffer.from(NOT_UTF_8);
const SPOILT = Buffer.alloc(MARKER.length, 0xff);

/** Publishes what amqplib cannot write by itself: a message whose properties are not UTF-8 wherever they say so. */
export const publishNotUtf8 = (
  url: string,
  queue: string,
  body: string,
  properties: Options.Publish,
): Promise<void> => publishSpoilt(url, queue, { body, properties }, spoil);

/** Publishes a message with a header whose tables are nested so deep that amqplib can neither write nor read it. */
export async function publishTooDeep(url: string, queue: string, body: string): Promise<void> {
  const nested = nestedTables(6_000);
  const marker = Buffer.alloc(nested.length, 'd');
  const nest = (bytes: Buffer): Buffer => {
    const at = bytes.indexOf(marker);
    if (at < 0) return bytes;
    nested.copy(bytes, at);
    bytes.write('F', at - LENGTH_BYTES - 1);
    return bytes;
  };
  await publishSpoilt(url, queue, { body, properties: { headers: { deep: marker.toString() } } }, nest);
}

/** The bytes of a field's length, in a table. */
const LENGTH_BYTES = 4;

/** The fields of a table with one field, a table with one field … */
function nestedTables(depth: number): Buffer {
  let table = Buffer.alloc(0);
  for (let level = 0; level < depth; level += 1) {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(table.length);
    table = Buffer.concat([Buffer.from([1]), Buffer.from('aF'), length, table]);
  }
  return table;
}

async function publishSpoilt(
  url: string,
  queue: string,
  { body, properties }: { body: string; properties: Options.Publish },
  spoilt: (bytes: Buffer) => Buffer,
): Promise<void> {
  const connection = await connect(url);
  const { stream }: { stream: { write: (bytes: Buffer) => boolean } } = Object(connection.connection);
  const write = stream.write.bind(stream);
  stream.write = (bytes) => write(spoilt(bytes));
  const channel = await connection.createConfirmChannel();
  channel.sendToQueue(queue, Buffer.from(body), { persistent: true, ...properties });
  await channel.waitForConfirms();
  await connection.close();
}

function spoil(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf(MARKER); at >= 0; at = bytes.indexOf(MARKER, at)) SPOILT.copy(bytes, at);
  return bytes;
}
