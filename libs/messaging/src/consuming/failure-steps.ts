import { Delivery, QueueConsumer } from '@app/amqp';
import { Injectable } from '@nestjs/common';
import { Step } from '../pipeline/step';
import { LogAndDrop } from './steps/log-and-drop';
import { RetryOrDeadLetter } from './steps/retry-or-dead-letter';

/** What becomes of messages that fail: a path of their own, or nothing where they may be missed. */
@Injectable()
export class FailureSteps {
  constructor(
    private readonly retryOrDeadLetter: RetryOrDeadLetter,
    private readonly logAndDrop: LogAndDrop,
  ) {}

  of({ isExclusive }: QueueConsumer): Step<Delivery> {
    return isExclusive ? this.logAndDrop : this.retryOrDeadLetter;
  }
}
