import {
  ALERT_EXAMPLE,
  ANSWER_EXAMPLE,
  answersExchangeName,
  AVAILABILITY,
  EMAIL_TASKS,
  EVENT_EXAMPLES,
  type Exchange,
  INVENTORY_EVENTS,
  type Listening,
  OPS_ALERTS,
  ORDER_EVENTS,
  ORDER_HEADERS,
  ORDER_TOPICS,
  QUESTION_EXAMPLE,
  questionsExchangeName,
  queueName,
  SEVERITIES,
  TASK_EXAMPLE,
  TOPOLOGY,
} from '@app/contracts';

const AMQP = { bindingVersion: '0.3.0' };

/** Exchanges and the queues of services, by their names. */
export function channels(): Record<string, object> {
  return Object.fromEntries([
    [ORDER_EVENTS.name, eventsOf(ORDER_EVENTS, 'Everything that happens to an order.')],
    [
      ORDER_TOPICS.name,
      branchOf(
        ORDER_TOPICS,
        'The same events once more: bind a queue of your own by patterns, such as `order.*`.',
      ),
    ],
    [
      ORDER_HEADERS.name,
      branchOf(
        ORDER_HEADERS,
        'The same events once more: bind a queue of your own by headers, such as `currency` = `EUR`.',
      ),
    ],
    [INVENTORY_EVENTS.name, eventsOf(INVENTORY_EVENTS, 'Everything that happens to the stock.')],
    ...TOPOLOGY.flatMap(({ service, listensTo }) => listensTo.map((to) => queueOf(service, to))),
    [EMAIL_TASKS, queue(EMAIL_TASKS, [TASK_EXAMPLE.name], 'Mails to be sent. Any program may put one in.')],
    [OPS_ALERTS.name, alerts()],
    [
      questionsExchangeName(AVAILABILITY),
      exchange(directExchange(questionsExchangeName(AVAILABILITY)), [QUESTION_EXAMPLE.name], {
        address: AVAILABILITY,
        description: 'How many pieces of a product can be ordered now?',
      }),
    ],
    [
      answersExchangeName(AVAILABILITY),
      exchange(directExchange(answersExchangeName(AVAILABILITY)), [ANSWER_EXAMPLE.name], {
        address: null,
        description:
          "The answers. Their routing key is the name of the asker's own queue, which stands in the question's `replyTo`; their `correlationId` is that of the question. Where inventory could not answer, `err` stands in place of `response`.",
      }),
    ],
    [AVAILABILITY, queue(AVAILABILITY, [QUESTION_EXAMPLE.name], 'The questions that inventory answers.')],
  ]);
}

/** The types of the events of an exchange. */
export const typesOf = ({ name }: Exchange): string[] =>
  EVENT_EXAMPLES.filter(({ eventClass }) => eventClass.exchange.name === name).map(
    ({ eventClass }) => eventClass.type,
  );

const directExchange = (name: string): Exchange => ({ name, type: 'direct' });

const eventsOf = (of: Exchange, description: string, types = typesOf(of)): object =>
  exchange(of, types, {
    address: '{type}',
    parameters: { type: { description: 'The type of the event is its routing key.', enum: types } },
    description,
  });

/** An exchange that gets a copy of the order events, which services do not listen to. */
const branchOf = (of: Exchange, description: string): object =>
  eventsOf(of, description, typesOf(ORDER_EVENTS));

const alerts = (): object =>
  exchange(OPS_ALERTS, [ALERT_EXAMPLE.name], {
    address: '{severity}',
    parameters: { severity: { description: 'How much it matters.', enum: [...SEVERITIES] } },
    description: 'What an operator must see. Bind a queue to the severities that matter to you.',
  });

function exchange({ name, type }: Exchange, messages: readonly string[], more: object): object {
  return {
    ...more,
    messages: referencesTo(messages),
    bindings: {
      amqp: {
        is: 'routingKey',
        exchange: { name, type, durable: true, autoDelete: false, vhost: '/' },
        ...AMQP,
      },
    },
  };
}

/** The durable queue that the replicas of a service share. */
function queueOf(service: string, { exchange: from, bindingKey }: Listening): [string, object] {
  const name = queueName(service, from);
  const description = `What ${service} hears of ${from.name}: bound with \`${bindingKey}\`, shared by its replicas.`;
  return [name, queue(name, typesOf(from), description)];
}

const queue = (name: string, messages: readonly string[], description: string): object => ({
  address: name,
  description,
  messages: referencesTo(messages),
  bindings: {
    amqp: {
      is: 'queue',
      queue: { name, durable: true, exclusive: false, autoDelete: false, vhost: '/' },
      ...AMQP,
    },
  },
});

const referencesTo = (messages: readonly string[]): object =>
  Object.fromEntries(messages.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
