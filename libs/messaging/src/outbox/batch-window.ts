/** The most messages of a batch: so many are in flight to the broker at once. */
export const LARGEST_BATCH = 200;

/**
 * How many messages a batch may have. One after a refusal: a message that a full queue refuses has reached the other queues, and
 * reaches them again each time it is tried. Then one more for each batch that went through whole, since the room in the queue is not known.
 */
export class BatchWindow {
  private messages = LARGEST_BATCH;

  get size(): number {
    return this.messages;
  }

  shrinkToOne(): void {
    this.messages = 1;
  }

  grow(): void {
    this.messages = Math.min(this.messages + 1, LARGEST_BATCH);
  }
}
