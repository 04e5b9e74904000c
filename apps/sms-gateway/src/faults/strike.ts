import { STATUS_CODES } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { TwilioError } from '../errors/twilio.error';
import { ConnectionDropped } from './connection-dropped';
import { FaultDto } from './fault.dto';

/** Waits, or throws what ends the request. */
export async function strike(fault: FaultDto, reply: FastifyReply): Promise<void> {
  switch (fault.kind) {
    case 'delay':
      await setTimeout(fault.delayMs);
      return;
    case 'drop':
      throw new ConnectionDropped();
    case 'error':
      if (fault.retryAfterSeconds !== undefined) reply.header('Retry-After', fault.retryAfterSeconds);
      throw errorOf(fault.status);
  }
}

/** Twilio's code for a status: 20429 for a 429. */
function errorOf(status: number): TwilioError {
  return new TwilioError(status, 20_000 + status, STATUS_CODES[status] ?? 'Error');
}
