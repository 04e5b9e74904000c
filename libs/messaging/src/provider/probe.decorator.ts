import { SetMetadata } from '@nestjs/common';

/** The metadata key under which the provider's name is kept. */
export const PROBE = Symbol('probe');

/**
 * Marks the method that asks whether the provider is back: it sends nothing, and rejects as long as the provider would take nothing.
 * It is called 1 to 30 s after the last failure.
 * @param provider as logs and alerts call it: `mail server`
 */
export function Probe(provider: string) {
  return (target: object, name: string, method: TypedPropertyDescriptor<() => Promise<void>>): void => {
    SetMetadata(PROBE, provider)(target, name, method);
  };
}
