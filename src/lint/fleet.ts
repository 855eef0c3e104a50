import { LintTargets } from './targets';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { GLIBC_BEFORE_CHANGES, GLIBC_CHANGES, Libc } from '../profile/filter/libc';

/** Targets in which every open field has its default. */
export interface Fleet {
  readonly nodes?: readonly NodeArchitecture[];
  readonly runtimes: readonly ContainerRuntime[];
  readonly libcs: readonly Libc[];
  readonly kernel: string;
  /** True if the runtimes are the defaults, not named by the user. */
  readonly assumed: boolean;
}

const RUNTIMES = [...ContainerRuntime.shipped(), ContainerRuntime.runc('1.3.6', { libseccomp: '2.6.0' })];
const LIBCS = [...[GLIBC_BEFORE_CHANGES, ...GLIBC_CHANGES].map(Libc.glibc), Libc.musl()];

export function fleetOf({ nodes, runtimes, libcs = LIBCS, kernel = '5.10' }: LintTargets): Fleet {
  return { nodes, runtimes: runtimes ?? RUNTIMES, libcs, kernel, assumed: runtimes === undefined };
}
