import { parsed } from '../../infra/json';
import type { PartStatus } from '../launcher/supervision/supervisor';
import type { ControlAddress, SuiteFile } from '../launcher/suite/suite-file';

/** A stop takes up to 15 s for each of a service's processes, a start of RabbitMQ in a container minutes. */
const TIMEOUT_MS = 600_000;

/** Nothing runs that could take a command. */
export class NoSuite extends Error {
  constructor(options?: ErrorOptions) {
    super('Nothing runs in this checkout. Start the suite with "npm start".', options);
  }
}

interface Reply<Answer> {
  readonly answer: Answer;
  readonly error?: string;
}

/**
 * Has a running suite do what the words say. Most commands answer with the state of what they have changed.
 * @throws NoSuite, or Error with what the suite has against the command
 */
export async function command<Answer = readonly PartStatus[]>(
  file: SuiteFile,
  words: readonly string[],
): Promise<Answer> {
  const control = file.read()?.control;
  if (control === undefined) throw new NoSuite();
  const response = await send(control, words);
  const reply = parsed<Reply<Answer>>(await response.text());
  if (reply.error !== undefined) throw new Error(reply.error);
  return reply.answer;
}

async function send({ url, token }: ControlAddress, words: readonly string[]): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(words),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new NoSuite({ cause });
  }
}
