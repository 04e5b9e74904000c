import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { answersHttp } from '../../../infra/processes/probes';
import { freePort } from '../../../infra/processes/ports';
import { waitUntil } from '../../../infra/processes/wait-until';
import { asGuest, GUEST, type TestBroker } from './test-broker';

const IMAGE = process.env.CONFORMANCE_IMAGE ?? 'rabbitmq:4-management';
const START_TIMEOUT_MS = 120_000;

/** How often the node tells its figures to the management API, in milliseconds. */
const FIGURES = '-rabbit collect_statistics_interval 1000 -rabbit quorum_tick_interval 1000';

/** As in docker-compose.yml: it leaves the processor to others. */
const NO_BUSY_WAIT = '+sbwt none +sbwtdcpu none +sbwtdio none';

/** Waits for the end of its input, which also comes when we are killed, and removes the container. */
const REMOVE = 'cat; docker rm --force --volumes "$0" >/dev/null 2>&1';

const docker = (...args: string[]): Promise<unknown> => promisify(execFile)('docker', args);

/** RabbitMQ in a container of the official image, on free ports of 127.0.0.1. */
export class ContainerBroker implements TestBroker {
  private readonly name = `order-events-test-${randomUUID()}`;
  private ports?: { readonly amqp: number; readonly management: number };
  private remover?: ChildProcess;

  get urls(): readonly string[] {
    return [`amqp://${GUEST}:${GUEST}@127.0.0.1:${this.ports?.amqp}/`];
  }

  get managementUrls(): readonly string[] {
    return [asGuest(`http://127.0.0.1:${this.ports?.management}`)];
  }

  async start(): Promise<void> {
    if (this.ports === undefined) await this.create();
    else await docker('start', this.name);
    // Listens once the boot is over, and everything else does.
    const isReady = (): Promise<boolean> => answersHttp(`http://127.0.0.1:${this.ports?.management}`, 200);
    await waitUntil(isReady, { what: `${IMAGE} to be ready`, timeoutMs: START_TIMEOUT_MS });
  }

  async stop(): Promise<void> {
    await docker('stop', this.name);
  }

  async kill(): Promise<void> {
    await docker('kill', this.name);
  }

  async remove(): Promise<void> {
    this.remover?.stdin?.end();
    if (this.remover?.exitCode === null) await once(this.remover, 'exit');
  }

  private async create(): Promise<void> {
    this.ports = { amqp: await freePort(), management: await freePort() };
    const stdio = ['pipe', 'ignore', 'ignore'] as const;
    this.remover = spawn('sh', ['-c', REMOVE, this.name], { detached: true, stdio: [...stdio] });
    const { amqp, management } = this.ports;
    const ports = ['--publish', `127.0.0.1:${amqp}:5672`, '--publish', `127.0.0.1:${management}:15672`];
    const environment = ['--env', `RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=${FIGURES} ${NO_BUSY_WAIT}`];
    await docker('run', '--detach', '--name', this.name, ...ports, ...environment, IMAGE);
  }
}
