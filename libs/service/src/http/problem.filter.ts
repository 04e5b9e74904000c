import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error';
import { pathOf, Problem, PROBLEM_CONTENT_TYPE, UNEXPECTED } from './problem';
import { problemOf } from './problem-of';

/** Answers every error as problem details, which hold no stack and no SQL. */
@Catch()
export class ProblemFilter implements ExceptionFilter<unknown> {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = problemOf(error);
    this.log(error, known);
    const problem: Problem = { ...(known ?? UNEXPECTED), instance: pathOf(request.url) };
    if (error instanceof DomainError && error.retryAfterSeconds !== undefined) {
      void reply.header('retry-after', error.retryAfterSeconds);
    }
    void reply.status(problem.status).type(PROBLEM_CONTENT_TYPE).send(problem);
  }

  /** What a caller has done wrong is no news; that a service is unavailable is no news to the caller alone. */
  private log(error: unknown, known: object | undefined): void {
    if (known === undefined) this.logger.error(error);
    else if (error instanceof DomainError && error.kind === 'unavailable')
      this.logger.warn({ err: error.cause ?? error }, error.message);
  }
}
