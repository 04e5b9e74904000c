import type { PartStatus } from '../launcher/supervision/supervisor';
import { table } from '../operations/table';

const HEAD = ['NAME', 'STATE', 'PID', 'PORT', 'RESTARTS', 'MEMORY'];

/** What runs, a line each. */
export function statusTable(parts: readonly PartStatus[]): string {
  return parts.length === 0 ? 'Stopped.' : table([HEAD, ...parts.map(rowOf)]);
}

const rowOf = ({ name, state, pid, port, restarts, memory }: PartStatus): string[] => [
  name,
  state,
  String(pid ?? '–'),
  String(port ?? '–'),
  String(restarts),
  memory === undefined ? '–' : `${memory} MiB`,
];
