export interface PostgresSettings {
  readonly port: number;
  /** False gives up what only a power failure needs. */
  readonly durable: boolean;
}

/** The settings that differ from PostgreSQL's own: reachable from this machine alone, and no socket in a folder that others share. */
export function postgresSettings({ port, durable }: PostgresSettings): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
