import {
  ALERT_EXAMPLE,
  ANSWER_EXAMPLE,
  answersExchangeName,
  OPS_ALERTS,
  QUESTION_EXAMPLE,
  questionsExchangeName,
  queueName,
  type ServiceTopology,
  TASK_EXAMPLE,
  TOPOLOGY,
} from '@app/contracts';
import { typesOf } from './channels';

interface Operation {
  readonly name: string;
  readonly action: 'send' | 'receive';
  readonly channel: string;
  readonly messages: readonly string[];
  readonly summary: string;
  readonly amqp: object;
  readonly replyChannel?: string;
}

/** Stored by the broker, and confirmed; returned where no queue is bound. */
const PUBLISHED = { deliveryMode: 2, mandatory: true, timestamp: true };

/** Acknowledged after the work. */
const CONSUMED = { ack: true };

/** What each service sends and receives, by service and channel. */
export function operations(): Record<string, object> {
  return Object.fromEntries(
    TOPOLOGY.flatMap((entry) =>
      [
        ...publishing(entry),
        ...listening(entry),
        ...working(entry),
        ...asking(entry),
        ...answering(entry),
        alerting(entry),
      ].map((one) => [`${entry.service}.${one.name}`, operationOf(entry.service, one)]),
    ),
  );
}

const publishing = ({ publishes }: ServiceTopology): Operation[] =>
  publishes.map((exchange) => ({
    name: `publishes.${exchange.name}`,
    action: 'send',
    channel: exchange.name,
    messages: typesOf(exchange),
    summary: 'Publishes its events, through its outbox.',
    amqp: PUBLISHED,
  }));

const listening = ({ service, listensTo }: ServiceTopology): Operation[] =>
  listensTo.map(({ exchange }) => ({
    name: `hears.${exchange.name}`,
    action: 'receive',
    channel: queueName(service, exchange),
    messages: typesOf(exchange),
    summary: 'Handles the events that matter to it, and acknowledges the others.',
    amqp: CONSUMED,
  }));

const working = ({ works = [] }: ServiceTopology): Operation[] =>
  works.map((queue) => ({
    name: `works.${queue}`,
    action: 'receive',
    channel: queue,
    messages: [TASK_EXAMPLE.name],
    summary: 'Does the tasks.',
    amqp: CONSUMED,
  }));

const asking = ({ asks = [] }: ServiceTopology): Operation[] =>
  asks.map((queue) => ({
    name: `asks.${queue}`,
    action: 'send',
    channel: questionsExchangeName(queue),
    messages: [QUESTION_EXAMPLE.name],
    summary: 'Asks, and goes on without an answer after half a second.',
    amqp: { expiration: 500 },
    replyChannel: answersExchangeName(queue),
  }));

const answering = ({ answers = [] }: ServiceTopology): Operation[] =>
  answers.map((queue) => ({
    name: `answers.${queue}`,
    action: 'receive',
    channel: queue,
    messages: [QUESTION_EXAMPLE.name],
    summary: 'Answers.',
    amqp: { ack: false },
    replyChannel: answersExchangeName(queue),
  }));

const alerting = (_: ServiceTopology): Operation => ({
  name: 'alerts',
  action: 'send',
  channel: OPS_ALERTS.name,
  messages: [ALERT_EXAMPLE.name],
  summary: 'Tells operators, best effort.',
  amqp: { mandatory: false },
});

function operationOf(
  service: string,
  { action, channel, messages, summary, amqp, replyChannel }: Operation,
): object {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    summary,
    tags: [{ name: service }],
    messages: referencesTo(channel, messages),
    bindings: { amqp: { ...amqp, bindingVersion: '0.3.0' } },
    ...(replyChannel !== undefined && {
      reply: {
        channel: { $ref: `#/channels/${replyChannel}` },
        messages: referencesTo(replyChannel, [ANSWER_EXAMPLE.name]),
      },
    }),
  };
}

const referencesTo = (channel: string, messages: readonly string[]): object[] =>
  messages.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));
