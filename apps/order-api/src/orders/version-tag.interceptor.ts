import { CallHandler, ExecutionContext, HttpStatus, Injectable, NestInterceptor } from '@nestjs/common';
import { FastifyReply, FastifyRequest } from 'fastify';
import { map, Observable } from 'rxjs';

interface Versioned {
  readonly version: number;
}

/**
 * Answers with the version of what was asked for as its entity tag, and with 304 and no body where the caller has that version.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
@Injectable()
export class VersionTag implements NestInterceptor<Versioned, Versioned | undefined> {
  intercept(context: ExecutionContext, next: CallHandler<Versioned>): Observable<Versioned | undefined> {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer) => {
        const tag = `"${answer.version}"`;
        void reply.header('etag', tag).header('cache-control', 'no-cache');
        if (!isAmong(headers['if-none-match'], tag)) return answer;
        void reply.status(HttpStatus.NOT_MODIFIED);
        return undefined;
      }),
    );
  }
}

/** A list of tags, strong or weak, or `*` for any. */
const isAmong = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch?.trim() === '*' ||
  ifNoneMatch?.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag) === true;
