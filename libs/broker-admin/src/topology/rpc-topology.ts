import { answersExchangeName, Exchange, questionsExchangeName } from '@app/contracts';

/** Two, so that who may ask cannot answer. Each asker binds a queue of its own to the exchange of the answers. */
export const rpcExchanges = (queue: string): Exchange[] =>
  [questionsExchangeName(queue), answersExchangeName(queue)].map((name) => ({ name, type: 'direct' }));
