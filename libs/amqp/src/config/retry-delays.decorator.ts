import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsArray, IsInt, Max, Min } from 'class-validator';
import { commaSeparated } from './comma-separated';

/**
 * RabbitMQ's longest time to live, in milliseconds: seven weeks.
 * @see https://www.rabbitmq.com/docs/ttl
 */
const LONGEST_MS = 2 ** 32 - 1;

/** The retry ladder: milliseconds before the second, third, … attempt, comma-separated. */
export const RetryDelays = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => toNumbers(commaSeparated(value))),
    IsArray(),
    IsInt({ each: true }),
    Min(1, { each: true }),
    Max(LONGEST_MS, { each: true }),
  );

const toNumbers = (value: unknown): unknown => (Array.isArray(value) ? value.map(Number) : value);
