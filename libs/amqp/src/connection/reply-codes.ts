/** @see https://www.rabbitmq.com/amqp-0-9-1-reference#constants */
export const NOT_FOUND = 404;
export const PRECONDITION_FAILED = 406;

/** Whether the broker answered with this code. */
export const isReply = (error: unknown, code: number): error is Error =>
  error instanceof Error && 'code' in error && error.code === code;
