import { pipeline, Transform, type Readable } from 'node:stream';

/**
 * The same message as one chunk. nodemailer writes each header block, boundary and part by itself, and every such write costs a call
 * of the system here and a read at the server. The message is held in memory, which ours are small enough for.
 */
export function inOnePiece(message: Readable): Readable {
  const chunks: Buffer[] = [];
  const whole = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
    flush(done) {
      done(null, Buffer.concat(chunks));
    },
  });
  // What goes wrong is told by the stream that is returned.
  return pipeline(message, whole, () => undefined);
}
