import { LintTargets } from './targets';
import { Libc } from '../profile/libc';
import { NodeArchitecture } from '../profile/node-architecture';
import { Runtime } from '../profile/runtime';

/** Targets with nothing left open. */
export interface Fleet {
  readonly nodes?: readonly NodeArchitecture[];
  readonly runtimes: readonly Runtime[];
  readonly libcs: readonly Libc[];
  readonly kernel: string;
  /** Whether the runtimes were not named but assumed. */
  readonly assumed: boolean;
}

const RUNTIMES = [...Runtime.shipped(), Runtime.runc('1.3.6', { libseccomp: '2.6.0' })];
const LIBCS = [...['2.33', '2.34', '2.38', '2.39'].map(Libc.glibc), Libc.musl()];

export function fleetOf({ nodes, runtimes, libcs = LIBCS, kernel = '5.10' }: LintTargets): Fleet {
  return { nodes, runtimes: runtimes ?? RUNTIMES, libcs, kernel, assumed: runtimes === undefined };
}
