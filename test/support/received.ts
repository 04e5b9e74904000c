import { randomUUID } from 'node:crypto';
import type { OrderVersion } from '@app/contracts';

/** A message as it comes out of the reading step, for a step behind that. */
export const received = (
  message: { id?: string; consumer?: string; subject?: string; order?: OrderVersion } = {},
) => {
  const id = message.id ?? randomUUID();
  const handler = { name: 'nobody', handle: () => Promise.reject(new Error('not called')) };
  const context = { correlationId: id, traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` };
  return { consumer: 'email', type: 'order.confirmed', data: {}, context, handler, ...message, id };
};
