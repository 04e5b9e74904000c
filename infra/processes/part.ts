/** A program of the suite that can be started, stopped and killed by its name. */
export interface Part {
  /** How people call it: `email`, `email-2`, `rabbitmq`. */
  readonly name: string;
  /** On 127.0.0.1; undefined before its first start. */
  readonly port: number | undefined;
  /** Undefined before its first start, and where it runs in a container. */
  readonly pid: number | undefined;
  readonly running: boolean;
  /** Resolves once it does its work. @throws Error that shows the end of its log */
  start(): Promise<void>;
  /** Resolves once it has ended, in a clean way where it can. */
  stop(): Promise<unknown>;
  /** Ends it at once, as a failing machine would. */
  kill(): Promise<unknown>;
}
