import { connect, type Options } from 'amqplib';

/** 120 bytes that `publishNotUtf8` spoils on their way. A client that reads them as UTF-8 gets 360. */
export const NOT_UTF_8 = '\u0001'.repeat(120);

const MARKER = Buffer.from(NOT_UTF_8);
const SPOILT = Buffer.alloc(MARKER.length, 0xff);

/** Publishes what amqplib cannot write by itself: a message whose properties are not UTF-8 wherever they say so. */
export async function publishNotUtf8(
  url: string,
  queue: string,
  body: string,
  properties: Options.Publish,
): Promise<void> {
  const connection = await connect(url);
  const { stream }: { stream: { write: (bytes: Buffer) => boolean } } = Object(connection.connection);
  const write = stream.write.bind(stream);
  stream.write = (bytes) => write(spoil(bytes));
  const channel = await connection.createConfirmChannel();
  channel.sendToQueue(queue, Buffer.from(body), { persistent: true, ...properties });
  await channel.waitForConfirms();
  await connection.close();
}

function spoil(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf(MARKER); at >= 0; at = bytes.indexOf(MARKER, at)) SPOILT.copy(bytes, at);
  return bytes;
}
