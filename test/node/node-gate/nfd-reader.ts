import { join } from 'path';
import { GatedNodes } from './gated-node';
import { runOrThrow, throwUnlessOk } from '../runtimes/processes';

const MAKE = join(__dirname, '../../../scripts/make-nfd-reader.sh');
const READERS = join(__dirname, '../../../.tmp/nfd');

export const NFD_RELEASES = ['oldest', 'newest'] as const;

export type NfdRelease = typeof NFD_RELEASES[number];

/** Builds the readers, once. */
export async function makeReaders(): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  await runOrThrow([MAKE, READERS], { timeoutMs: 8 * 60_000, env });
}

/** The labels that Node Feature Discovery makes of a directory of feature files. The place where it looks for them is fixed. */
export async function readLabels({ runtime, rootfs }: GatedNodes, features: string, release: NfdRelease): Promise<Record<string, string>> {
  const args = ['/opt/nfd'];
  return JSON.parse(throwUnlessOk(args, await runtime.runContainer({
    rootfs,
    args,
    mounts: [
      { source: join(READERS, release), destination: '/opt/nfd' },
      { source: features, destination: '/etc/kubernetes/node-feature-discovery/features.d' },
    ],
  })));
}
