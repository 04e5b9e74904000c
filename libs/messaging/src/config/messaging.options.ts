import { ServiceTopology } from '@app/contracts';

/** Injects the options that a service gave to `MessagingModule.forRoot`. */
export const MESSAGING_OPTIONS = Symbol('messaging options');

export interface MessagingOptions {
  /** Who publishes what, and who listens to whom. */
  readonly topology: readonly ServiceTopology[];
  /** Whether the service still does its main job while the broker is away. It is then degraded, and not unavailable. */
  readonly worksWithoutBroker?: boolean;
}
