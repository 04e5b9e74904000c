import { Availability, AVAILABILITY_TIMEOUT_MS } from '@app/contracts';
import { RpcClient } from '@app/messaging';
import { Injectable, Logger } from '@nestjs/common';

/** What inventory says can be ordered now. A product can be shown without it, so nothing here is an error. */
@Injectable()
export class StockAvailability {
  private readonly logger = new Logger(StockAvailability.name);

  constructor(private readonly inventory: RpcClient) {}

  /** Resolves with null when inventory does not answer in time. */
  async of(sku: string): Promise<number | null> {
    try {
      const { available } = await this.inventory.ask({ sku }, Availability, AVAILABILITY_TIMEOUT_MS);
      return available;
    } catch (error) {
      this.logger.warn(error);
      return null;
    }
  }
}
