import { Handler } from '../pipeline/handler';
import { Received } from '../pipeline/received';
import { Outcome } from '../pipeline/step';
import { inItsContext } from '../pipeline/in-its-context';

/** A method that takes one message: it is called for one after the other, each in its own context. */
export class SingleHandler implements Handler {
  constructor(
    readonly name: string,
    private readonly method: (data: object) => Promise<unknown>,
  ) {}

  async handle(messages: readonly Received[]): Promise<readonly Outcome[]> {
    for (const message of messages) await inItsContext(message, () => this.method(message.data));
    return messages.map(() => 'done');
  }
}
