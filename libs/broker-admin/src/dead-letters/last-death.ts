/**
 * What RabbitMQ tells of a message that it dead-lettered by itself, the latest first. A copy that a service
 * made has no such header.
 * @see https://www.rabbitmq.com/docs/dlx#effects
 */
export function lastDeath(
  headers: Readonly<Record<string, unknown>>,
): { readonly reason: string; readonly failedAt: string } | undefined {
  const deaths = headers['x-death'];
  const latest: unknown = Array.isArray(deaths) ? deaths[0] : undefined;
  if (!isTable(latest) || typeof latest.reason !== 'string') return undefined;
  return { reason: latest.reason, failedAt: timeOf(latest.time) };
}

/** amqplib's way to tell an AMQP timestamp, in seconds, from a number. A stranger may have written one that is no time. */
function timeOf(time: unknown): string {
  const seconds = isTable(time) ? time.value : undefined;
  const date = new Date(typeof seconds === 'number' ? seconds * 1_000 : NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
