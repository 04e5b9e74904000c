/** A RabbitMQ node of our own, wherever it runs. */
export abstract class RabbitmqNode {
  /** Where its management page is; from the start on. */
  abstract get managementUrl(): string;

  /** Of the broker's process on this machine; undefined where there is none. */
  abstract get pid(): number | undefined;

  /** Whether it takes connections, as far as is known. */
  abstract get running(): boolean;

  abstract url(user: string, password: string, vhost?: string): string;

  /** Starts it, the first time on free ports, later on the same. @throws Error that shows the end of its log */
  abstract start(): Promise<void>;

  /** Runs a command of `rabbitmqctl` on the running node: `control('set_disk_free_limit', '50MB')`. @throws Error that shows what it said */
  abstract control(...command: readonly string[]): Promise<void>;

  /** Stops it in a clean way. */
  abstract stop(): Promise<void>;

  /** Kills it at once, as a failing machine would. `start` brings it back with what it had on disk. */
  abstract kill(): Promise<void>;

  /** Kills it and deletes its data. */
  abstract remove(): Promise<void>;
}
