import { Availability, AVAILABILITY, AvailabilityQuery } from '@app/contracts';
import { Controller, ValidationPipe } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { Stock } from './stock';

/** Answers other services, who ask over the broker. */
@Controller()
export class AvailabilityController {
  constructor(private readonly stock: Stock) {}

  @MessagePattern(AVAILABILITY)
  async available(@Payload(new ValidationPipe()) { sku }: AvailabilityQuery): Promise<Availability> {
    return { available: await this.stock.available(sku) };
  }
}
