import { Availability, AVAILABILITY, AvailabilityQuery } from '@app/contracts';
import { OnQuestion } from '@app/messaging';
import { Controller, ValidationPipe } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Stock } from './stock';

/** Answers other services, who ask over the broker. */
@Controller()
export class AvailabilityController {
  constructor(private readonly stock: Stock) {}

  @OnQuestion(AVAILABILITY)
  async available(@Payload(new ValidationPipe()) { sku }: AvailabilityQuery): Promise<Availability> {
    return { available: await this.stock.available(sku) };
  }
}
