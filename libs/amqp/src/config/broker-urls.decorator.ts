import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsUrl } from 'class-validator';
import { commaSeparated } from './comma-separated';

/** One URL, or one for each node of a cluster, comma-separated. The message never repeats a value: it holds a password. */
export const BrokerUrls = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => commaSeparated(value)),
    IsArray(),
    ArrayNotEmpty(),
    IsUrl(
      { protocols: ['amqp', 'amqps'], require_tld: false, require_protocol: true },
      {
        each: true,
        message:
          '$property must be a URL such as amqp://user:password@localhost:5672/vhost (or several, comma-separated)',
      },
    ),
  );
