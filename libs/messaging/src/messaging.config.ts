import { Transform } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsInt, IsUrl, Max, Min } from 'class-validator';
import { QueueKindsConfig } from './topology/queue-kinds.config';

const commaSeparated = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;

/** How a service reaches the broker, and how it treats what it receives. */
export class MessagingConfig {
  /** One URL, or one for each node of a cluster, comma-separated. The message never repeats a value: it holds a password. */
  @Transform(commaSeparated)
  @IsArray()
  @ArrayNotEmpty()
  @IsUrl(
    { protocols: ['amqp', 'amqps'], require_tld: false, require_protocol: true },
    {
      each: true,
      message:
        '$property must be a URL such as amqp://user:password@localhost:5672/vhost (or several, comma-separated)',
    },
  )
  rabbitmqUrl: string[];

  /** The most messages of one queue that one process handles at a time. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  prefetch: number = 10;

  /** The retry ladder: milliseconds before the second, third, … attempt. The broker has one queue for each. */
  @Transform(({ value }) => toNumbers(commaSeparated({ value })))
  @IsArray()
  @IsInt({ each: true })
  @Min(1, { each: true })
  retryDelaysMs: number[] = [1_000, 5_000, 30_000, 120_000];
}

/** Every configuration class of messaging. */
export const MESSAGING_CONFIG = [MessagingConfig, QueueKindsConfig];

const toNumbers = (value: unknown): unknown => (Array.isArray(value) ? value.map(Number) : value);
