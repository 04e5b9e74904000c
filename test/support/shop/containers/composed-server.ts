import { eventually } from '../../../../infra/eventually';
import type { Container } from './container';

const START_TIMEOUT_MS = 120_000;

/** The broker's node or the database server in its container: its data is kept in a volume from one start to the next. */
export class ComposedServer {
  constructor(
    readonly container: Container,
    /** Whether it serves clients. */
    private readonly serves: () => Promise<boolean>,
  ) {}

  async start(): Promise<void> {
    const { container } = this;
    await container.start();
    const serves = async (): Promise<boolean> => {
      // Docker may have started it once more.
      await container.lookUp();
      return this.serves();
    };
    await eventually(serves, { what: `${container.service} to serve clients`, within: START_TIMEOUT_MS });
  }

  async stop(): Promise<void> {
    await this.container.stop();
  }

  async kill(): Promise<void> {
    await this.container.kill();
  }
}
