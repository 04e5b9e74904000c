import { Container } from './container';
import { inspect, type ContainerState } from './container-state';
import { docker } from '../../../../infra/docker';

/** The containers of a Compose project by their services. */
export type Containers = ReadonlyMap<string, readonly Container[]>;

/** Those of each service in the order of their numbers, without what a command has started beside them. */
export async function containersOf(project: string): Promise<Containers> {
  const labels = [`com.docker.compose.project=${project}`, 'com.docker.compose.oneoff=False'];
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
  const ids = await docker(['ps', '--all', '--quiet', '--no-trunc', ...filters]);
  const found = [...(await inspect(ids.split('\n').filter(Boolean)))];
  found.sort((a, b) => Number(labelOf(a, 'container-number')) - Number(labelOf(b, 'container-number')));
  const containers = new Map<string, Container[]>();
  for (const state of found) {
    const service = labelOf(state, 'service');
    containers.set(service, [...(containers.get(service) ?? []), new Container(service, state)]);
  }
  return containers;
}

const labelOf = ({ Config: { Labels: labels } }: ContainerState, name: string): string =>
  labels[`com.docker.compose.${name}`] ?? '';

/** The only one of a service. */
export function the(service: string, containers: Containers): Container {
  const [container] = containers.get(service) ?? [];
  if (container === undefined) throw new Error(`There is no container of ${service}.`);
  return container;
}
