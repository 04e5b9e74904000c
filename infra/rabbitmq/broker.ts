/** The broker that the services use, whoever runs it. Another way to run one is another subclass. */
export abstract class Broker {
  /** For whoever may do everything on the virtual host; from the start on. */
  abstract get administratorUrl(): string;

  /** The address of its management page; undefined where nobody told it. */
  abstract get managementUrl(): string | undefined;

  /** Where a person finds it, for the terminal. */
  abstract get whereabouts(): string;

  /** What a service connects to. */
  abstract urlFor(service: string): string;

  /** What can fail is tried before anything is started. @throws Error that says what is missing on this machine, or why it cannot be used */
  abstract prepare(): Promise<void>;

  /** Resolves once it runs, with everything durable on it. @throws TopologyDiffers, or Error that shows the end of its log */
  abstract start(): Promise<void>;

  /** Stops it, where it is ours. */
  abstract stop(): Promise<void>;

  /** Stops it and deletes its data, where it is ours. */
  abstract remove(): Promise<void>;
}
