import { Injectable } from '@nestjs/common';

/** Wakes one sleeper before its time. A call that comes while none sleeps is remembered. */
@Injectable()
export class WakeUp {
  private called = false;
  private wake?: () => void;

  call(): void {
    this.called = true;
    this.wake?.();
  }

  /** Resolves when called, or after the limit (milliseconds). */
  async sleep(limitMs: number): Promise<void> {
    if (!this.called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.called = false;
  }
}
