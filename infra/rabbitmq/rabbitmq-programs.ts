import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where the server's own start script is installed: Debian, Fedora and Red Hat; Homebrew on Apple silicon and on Intel.
 * Debian's `rabbitmq-server` on the PATH comes last: it changes to a user who cannot read our folders.
 */
const PLACES = [
  '/usr/lib/rabbitmq/bin',
  '/opt/homebrew/opt/rabbitmq/sbin',
  '/usr/local/opt/rabbitmq/sbin',
  ...(process.env.PATH ?? '').split(delimiter),
];

const EPMD_PLACES = [
  '/usr/lib/erlang/bin',
  '/opt/homebrew/opt/erlang/lib/erlang/bin',
  '/usr/local/opt/erlang/lib/erlang/bin',
];

/** The script that starts a RabbitMQ server; undefined where none is installed. */
export function findRabbitmqServer(places: readonly string[] = PLACES): string | undefined {
  return places.map((place) => join(place, 'rabbitmq-server')).find((file) => existsSync(file));
}

/** Erlang's port mapper, without which no node starts. */
export function findEpmd(): string {
  return (
    [...PLACES, ...EPMD_PLACES].map((place) => join(place, 'epmd')).find((file) => existsSync(file)) ?? 'epmd'
  );
}
