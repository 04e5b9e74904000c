import {
  HEADERS_TOO_LARGE,
  PROBLEM_CONTENT_TYPE,
  titleOf,
  TOO_SLOW,
  UNEXPECTED,
  UNKNOWN_EXPECTATION,
} from '@app/service';
import type { OpenAPIObject } from '@nestjs/swagger';
import { CORRELATION_ID } from './headers';
import { schemaNamed } from './schemas';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

interface Shared {
  readonly when: string;
  readonly problem: { readonly status: number };
  /** Whether the answer comes before there is a request with a path and a correlation id. */
  readonly isEarly?: boolean;
}

/** What any call may be answered with, whatever it asks for. */
const SHARED: readonly Shared[] = [
  { when: 'The headers and the body did not arrive within 10 s.', problem: TOO_SLOW, isEarly: true },
  { when: 'The `Expect` header asks for something else than `100-continue`.', problem: UNKNOWN_EXPECTATION },
  {
    when: 'Path and headers have more than 16 KiB together.',
    problem: HEADERS_TOO_LARGE,
    isEarly: true,
  },
  { when: 'A failure of the service that no call should lead to.', problem: UNEXPECTED },
];

/** Declared once in the document, by their names: `RequestTimeout`. */
export const SHARED_ANSWERS = Object.fromEntries(
  SHARED.map(({ when, problem, isEarly = false }) => [
    nameOf(problem.status),
    {
      description: titleOf(problem.status),
      ...(!isEarly && { headers: CORRELATION_ID.header }),
      content: {
        [PROBLEM_CONTENT_TYPE]: {
          schema: schemaNamed(isEarly ? 'UnreadableRequest' : 'Problem'),
          examples: {
            [nameOf(problem.status)]: {
              summary: when,
              value: isEarly ? problem : { ...problem, instance: '/orders' },
            },
          },
        },
      },
    },
  ]),
);

/** The paths, each operation with references to the shared answers. */
export function withSharedAnswers(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  for (const { get, post } of Object.values(paths))
    for (const operation of [get, post]) if (operation !== undefined) addTo(operation);
  return paths;
}

function addTo({ responses }: Operation): void {
  for (const { problem } of SHARED)
    responses[problem.status] = { $ref: `#/components/responses/${nameOf(problem.status)}` };
}

/** `Request Timeout` becomes `RequestTimeout`. */
function nameOf(status: number): string {
  return titleOf(status).replaceAll(' ', '');
}
