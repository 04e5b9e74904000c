import { Logger } from '@nestjs/common';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { currentContext, runInContext, WorkContext } from '../context/work-context';
import { countsOf } from '../logging/counts-of';
import { Gathered } from '../logging/gathered';
import { isProbe } from './probes';

interface Answered {
  readonly method: string;
  /** Without the query, which may hold what belongs into no log. */
  readonly path: string;
  /** `/orders/:id` */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly context: WorkContext | undefined;
}

/** Logs every answer, a line each; of those that come within a tenth of a second, how many of each kind. Health checks and scrapes are left out. */
export function useRequestLog(app: NestFastifyApplication): void {
  const logger = new Logger('HTTP');
  const answers = new Gathered<Answered>((all) => say(logger, all));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const [path = ''] = request.url.split('?');
      const { method, routeOptions } = request;
      const { statusCode: status, elapsedTime } = reply;
      const ms = Math.round(elapsedTime);
      const route = routeOptions.url ?? path;
      if (!isProbe(path)) answers.add([{ method, path, route, status, ms, context: currentContext() }]);
      done();
    });
}

function say(logger: Logger, answers: readonly Answered[]): void {
  const [first] = answers;
  if (answers.length > 1) logger.log({ ms: Math.max(...answers.map(({ ms }) => ms)) }, summaryOf(answers));
  else if (first !== undefined)
    runInContext(first.context, () =>
      logger.log({ ms: first.ms }, `${first.method} ${first.path} ${first.status}`),
    );
}

/** `12 × POST /orders 201, 3 × GET /orders/:id 200` */
function summaryOf(answers: readonly Answered[]): string {
  const kinds = answers.map(({ method, route, status }) => `${method} ${route} ${status}`);
  return [...countsOf(kinds)].map(([kind, count]) => `${count} × ${kind}`).join(', ');
}
