import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsArray, IsInt, Min } from 'class-validator';
import { commaSeparated } from './comma-separated';

/** The retry ladder: milliseconds before the second, third, … attempt, comma-separated. */
export const RetryDelays = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => toNumbers(commaSeparated(value))),
    IsArray(),
    IsInt({ each: true }),
    Min(1, { each: true }),
  );

const toNumbers = (value: unknown): unknown => (Array.isArray(value) ? value.map(Number) : value);
