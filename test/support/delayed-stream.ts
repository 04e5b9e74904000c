import { Transform, type TransformCallback } from 'node:stream';

/** One direction of a connection: hands on what it is given, in order, so many milliseconds later. */
export class DelayedStream extends Transform {
  private lastDue = 0;

  constructor(private readonly latencyMs: () => number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.later(() => this.push(chunk));
    done();
  }

  override _flush(done: TransformCallback): void {
    this.later(done);
  }

  /** Never before what came earlier, however the latency has changed. */
  private later(action: () => void): void {
    const now = performance.now();
    this.lastDue = Math.max(this.lastDue, now + this.latencyMs());
    if (this.lastDue <= now) action();
    else setTimeout(() => !this.destroyed && action(), this.lastDue - now);
  }
}
