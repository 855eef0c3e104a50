export interface BindMount {
  readonly source: string;
  readonly destination: string;
  /** @default false */
  readonly writable?: boolean;
}

export interface ContainerSpec {
  readonly rootfs: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** @default 0 */
  readonly uid?: number;
  /** @default - none */
  readonly capabilities?: readonly string[];
  /** @default true */
  readonly noNewPrivileges?: boolean;
  readonly mounts?: readonly BindMount[];
  /**
   * `linux.seccomp` of the OCI runtime-spec.
   *
   * @default - Unconfined
   */
  readonly seccomp?: object;
  /**
   * Whether it shares the network of the machine, to reach a server of the tests.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;
  readonly timeoutMs?: number;
}

/** The OCI configuration of a container with a read-only root file system, and namespaces and a cgroup of its own. */
export function ociConfig(id: string, spec: ContainerSpec): object {
  const { uid = 0, capabilities = [], noNewPrivileges = true } = spec;
  const env = { PATH: '/usr/bin:/bin', ...spec.env };
  return {
    ociVersion: '1.0.2',
    process: {
      args: spec.args,
      cwd: '/',
      env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      user: { uid, gid: uid },
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      noNewPrivileges,
    },
    root: { path: spec.rootfs, readonly: true },
    hostname: 'container',
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
      { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', 'mode=1777'] },
      ...(spec.mounts ?? []).map(bindMount),
    ],
    linux: {
      cgroupsPath: `/${id}`,
      namespaces: ['pid', 'mount', 'ipc', 'uts', ...spec.hostNetwork ? [] : ['network']].map(type => ({ type })),
      seccomp: spec.seccomp,
    },
  };
}

function bindMount({ source, destination, writable }: BindMount): object {
  return { source, destination, type: 'bind', options: ['rbind', writable ? 'rw' : 'ro', 'nosuid', 'nodev'] };
}
