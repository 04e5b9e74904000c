import type { Text } from './text';

/**
 * Sends texts: at least once, since a gateway may take a text and its answer be lost.
 * A repeat for the same event carries the same `Idempotency-Key`; no gateway promises that it honours it.
 */
export abstract class TextSender {
  /**
   * Resolves when the gateway has queued the text.
   * @throws TextRefused when it never will, TextNotSent when it has not, ProviderUnavailable when it takes no text at all, ProviderRefuses
   * when it says so and may mean this one, AmbiguousSend when its answer never came.
   */
  abstract send(text: Text): Promise<void>;

  /** Resolves when the gateway answers; sends nothing. */
  abstract probe(): Promise<void>;
}
