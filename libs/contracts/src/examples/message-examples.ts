import { Alert } from '../alerts/alert';
import { Availability, AVAILABILITY, AvailabilityQuery } from '../rpc/availability';
import { EmailTask } from '../tasks/email-task';
import { AN_ORDER } from './an-order';

/** A message without an envelope, and one that may be sent. */
export interface MessageExample {
  /** As its schema is called. */
  readonly name: string;
  readonly messageClass: new () => object;
  readonly message: object;
}

const example = <Message extends object>(
  name: string,
  messageClass: new () => Message,
  message: Message,
): MessageExample => ({ name, messageClass, message });

/** A mail that anybody may ask for. */
export const TASK_EXAMPLE = example(EmailTask.queue, EmailTask, {
  to: AN_ORDER.customer.email,
  subject: 'Your rubber chicken',
  content: 'It squeaks. We thought that you should know.',
});

/** A question to inventory, and the answer to it. */
export const QUESTION_EXAMPLE = example(AVAILABILITY, AvailabilityQuery, { sku: 'RUBBER-CHICKEN' });
export const ANSWER_EXAMPLE = example(`${AVAILABILITY}.answer`, Availability, { available: 498 });

export const ALERT_EXAMPLE = example('ops_alerts', Alert, {
  severity: 'error',
  service: 'email',
  code: 'MESSAGE_DEAD_LETTERED',
  text: 'Message 01890a5d-b1f0-7c3a-9d53-5b0c7a1e2f44 of email.order_events could not be handled',
  at: AN_ORDER.confirmedAt,
});

export const MESSAGE_EXAMPLES: readonly MessageExample[] = [
  TASK_EXAMPLE,
  QUESTION_EXAMPLE,
  ANSWER_EXAMPLE,
  ALERT_EXAMPLE,
];
