import type { Exit } from '../../../../infra/processes/managed-process';
import { exitOf, inspect, inspectNow, type ContainerState } from './container-state';
import { docker } from '../../../../infra/docker';

/** One container, and whether it is meant to run. */
export class Container {
  private wanted = true;
  private readonly earlierCrashes: string[] = [];

  constructor(
    readonly service: string,
    private state: ContainerState,
  ) {}

  get id(): string {
    return this.state.Id;
  }

  /** Whether it is meant to run: it was started, and neither stopped nor killed. */
  get isWanted(): boolean {
    return this.wanted;
  }

  get running(): boolean {
    return inspectNow(this.id).State.Running;
  }

  /** As the machine sees it; undefined when it does not run. */
  get pid(): number | undefined {
    return inspectNow(this.id).State.Pid || undefined;
  }

  get crashes(): readonly string[] {
    return this.wanted && !this.running ? [...this.earlierCrashes, this.obituary()] : this.earlierCrashes;
  }

  /** The address under which this machine reaches one of its ports, such as `127.0.0.1:32768`: another one after each start. */
  address(port: number): string {
    const [published] = this.state.NetworkSettings.Ports[`${port}/tcp`] ?? [];
    return `127.0.0.1:${published?.HostPort}`;
  }

  async start(): Promise<void> {
    if (this.wanted && !this.running) this.earlierCrashes.push(this.obituary());
    await docker(['start', this.id]);
    this.wanted = true;
    await this.lookUp();
  }

  /** Finds its addresses again, as after a start. */
  async lookUp(): Promise<void> {
    [this.state = this.state] = await inspect([this.id]);
  }

  /** SIGTERM or what its image asks for, and SIGKILL after the time that the compose file gives it. */
  stop(): Promise<Exit> {
    return this.end('stop');
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    return this.running ? this.end('kill', '--signal', signal) : exitOf(inspectNow(this.id));
  }

  async pause(): Promise<void> {
    await docker(['pause', this.id]);
  }

  async resume(): Promise<void> {
    await docker(['unpause', this.id]);
  }

  /** The end of its log. */
  tail(): Promise<string> {
    return docker(['logs', '--tail', '20', this.id]);
  }

  private async end(...how: string[]): Promise<Exit> {
    this.wanted = false;
    await docker([...how, this.id]);
    await docker(['wait', this.id]);
    return exitOf(inspectNow(this.id));
  }

  private obituary(): string {
    const { code, signal } = exitOf(inspectNow(this.id));
    return `${this.service} ended unasked: ${signal ?? `code ${code}`}`;
  }
}
