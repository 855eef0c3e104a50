import { NodeDemands } from './nodes';
import { localhostPath } from './pod';
import { ManifestResource } from './resource';
import { ManifestNote } from './rule';
import { formatContainers, verb } from './text';
import { groupBy } from '../private/text';

/** The containers of a pod that need one profile on their node. */
export interface LocalhostUse extends ManifestNote {
  readonly who: string;
  /** `needs`, of one; `need`, of several. */
  readonly needs: string;
  readonly path: string;
  readonly nodes: NodeDemands;
}

export function* localhostUses({ pods }: ManifestResource): Iterable<LocalhostUse> {
  for (const { isWindows, containers, nodes } of pods) {
    const users = containers.filter(container => !isWindows && localhostPath(container) !== undefined);
    for (const group of groupBy(users, container => localhostPath(container)!)) {
      yield { keys: group[0].effective!.keys, who: formatContainers(group), needs: verb(group, 'needs', 'need'), path: localhostPath(group[0])!, nodes };
    }
  }
}
