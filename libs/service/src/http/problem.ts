import { HttpStatus } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';

/** The media type of RFC 9457. */
export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** What is wrong with one member of the request. */
export interface ProblemMember {
  /** Where it is, such as `lines[0].quantity`. */
  readonly path: string;
  readonly message: string;
}

/**
 * Problem details for HTTP APIs.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export interface Problem {
  /** `about:blank` where the status says it all, else a URI that ends in the error's code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The path of the request. */
  readonly instance: string;
  readonly errors?: readonly ProblemMember[];
}

/** The title of a status: `Not Found`. */
export const titleOf = (status: number): string => STATUS_CODES[status] ?? 'Error';

/** The `type` of an error with a code: `ORDER_NOT_FOUND` becomes `…/problems/order-not-found`. */
export const problemTypeOf = (code: string): string =>
  `https://order-events.example/problems/${code.toLowerCase().replaceAll('_', '-')}`;

/** A problem but for the request that it is about. @param code of the error; absent where the status says it all */
export const problemWith = (status: number, detail: string, code?: string): Omit<Problem, 'instance'> => ({
  type: code === undefined ? 'about:blank' : problemTypeOf(code),
  title: titleOf(status),
  status,
  detail,
});

/**
 * A problem's `instance`: the path of a request, without the query, which may hold what belongs to the caller alone. What may not stand in a URI
 * is encoded, since Node takes paths that are none.
 */
export const pathOf = (url: string): string =>
  encodeURI(url.split('?', 1)[0] ?? url).replace(/%25([\da-f]{2})/gi, '%$1');

/** What a caller may know of an unexpected error. */
export const UNEXPECTED = {
  type: 'about:blank',
  title: titleOf(HttpStatus.INTERNAL_SERVER_ERROR),
  status: HttpStatus.INTERNAL_SERVER_ERROR,
  detail: 'Something went wrong on our side. The correlation id in the answer finds it in our logs.',
};
