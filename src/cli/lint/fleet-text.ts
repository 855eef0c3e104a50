import { Fleet } from '../../lint/fleet';
import { groupBy } from '../../private/text';
import { compareVersions } from '../../private/version';

/** `amd64, arm64; runc 1.1.5–1.3.6, crun 1.8.1; glibc 2.33–2.39, musl`. */
export function formatFleet(nodes: readonly string[], { runtimes, libcs }: Fleet): string {
  return [nodes, spans(runtimes), spans(libcs)].filter(({ length }) => length > 0).map(words => words.join(', ')).join('; ');
}

interface Versioned {
  readonly name: string;
  readonly version?: string;
}

function spans(all: readonly Versioned[]): string[] {
  return groupBy(all, ({ name }) => name).map(group => {
    const versions = group.flatMap(({ version }) => version ?? []).sort(compareVersions);
    const [first, last] = [versions[0], versions[versions.length - 1]];
    return [group[0].name, first === last ? first : `${first}–${last}`].filter(Boolean).join(' ');
  });
}
