import { readTunables } from './setup';

/** Takes the cluster down, and fails the run if anything of it is left on the machine. */
export default async function teardown(): Promise<void> {
  const cluster = globalThis.localCluster;
  if (!cluster) return;
  await cluster.stop();
  const left = cluster.leftovers();
  const tunables = readTunables();
  if (tunables !== globalThis.tunables) left.push(`other settings of the kernel than before:\n${globalThis.tunables}\nnow:\n${tunables}`);
  if (left.length > 0) throw new Error(`cluster tests left behind:\n${left.join('\n')}`);
}
