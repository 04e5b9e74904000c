import { Handler } from '../../pipeline/handler';
import { Received } from '../../pipeline/received';
import { Outcome } from '../../pipeline/step';

/** The last step: hands messages to their handlers in the order of arrival, and neighbours of one handler together. */
export async function callHandlers(messages: readonly Received[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { handler, neighbours } of byHandler(messages)) {
    outcomes.push(...(await handler.handle(neighbours)));
  }
  return outcomes;
}

interface Group {
  readonly handler: Handler;
  readonly neighbours: Received[];
}

function byHandler(messages: readonly Received[]): Group[] {
  const groups: Group[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (last?.handler === message.handler) last.neighbours.push(message);
    else groups.push({ handler: message.handler, neighbours: [message] });
  }
  return groups;
}
