import { readFileSync } from 'fs';
import { join } from 'path';
import { newer, newerDirectory } from './newer-runtimes';
import { OCI_RUNTIMES, OciRuntimeName } from './oci-runtime';
import { runOrThrow } from './processes';
import { Libc, ContainerRuntime } from '../../../src';

const ROOTS = join(__dirname, '../../../.tmp');
const MAKE_ROOT = join(__dirname, '../../../scripts/make-debian-root.sh');

export const DEBIANS = ['machine', 'trixie'] as const;

export type DebianName = typeof DEBIANS[number];

/** The release of this machine, with a newer runc in the place of its own. */
export const NEWER_RUNCS: readonly string[] = newer('runc').map(({ name }) => name);

/** Those without which a change between them would go unseen: runc's rules are the same in all. */
export const OLDEST_AND_NEWEST_RUNC: readonly string[] = [NEWER_RUNCS[0], NEWER_RUNCS.at(-1)!];

/** The runtimes that a release is there for. */
export function ociRuntimes(release: string): readonly OciRuntimeName[] {
  return NEWER_RUNCS.includes(release) ? ['runc'] : OCI_RUNTIMES;
}

/** A Debian release whose runtimes, C library and Python are at hand. */
export class DebianRelease {
  /** The release of this machine, another one, which is downloaded once, or that of the machine with a newer runc. */
  public static async of(name: string): Promise<DebianRelease> {
    if (name === 'machine') return new DebianRelease('/usr', await runOrThrow(['dpkg-query', '--show']));
    if (NEWER_RUNCS.includes(name)) return DebianRelease.withRunc(name);
    const root = join(ROOTS, `debian-${name}`);
    await runOrThrow([MAKE_ROOT, name, root], { timeoutMs: 5 * 60_000 });
    return DebianRelease.at(root);
  }

  private static at(root: string): DebianRelease {
    return new DebianRelease(join(root, 'usr'), readFileSync(join(root, 'packages'), 'utf8'));
  }

  private static async withRunc(name: string): Promise<DebianRelease> {
    const directory = await newerDirectory();
    const { version, debian } = newer('runc').find(runtime => runtime.name === name)!;
    const machine = await DebianRelease.of('machine');
    const { libseccomp } = debian === 'machine' ? machine : DebianRelease.at(join(directory, `libseccomp-${debian}`));
    return new DebianRelease('/usr', machine.packages, [join(directory, name)], ContainerRuntime.runc(version, { libseccomp }));
  }

  private readonly versions: ReadonlyMap<string, string>;

  /** @param packages as `dpkg-query --show` prints them */
  public constructor(
    public readonly usr: string,
    private readonly packages: string,
    /** Directories with what comes before the machine's. */
    public readonly programs?: readonly string[],
    private readonly runc?: ContainerRuntime,
  ) {
    this.versions = new Map(packages.trim().split('\n').map(line => line.split('\t') as [string, string]));
  }

  public runtime(name: OciRuntimeName): ContainerRuntime {
    if (name === 'runc' && this.runc) return this.runc;
    return ContainerRuntime[name](upstream(this.version(name)), { libseccomp: this.libseccomp });
  }

  public get glibc(): Libc {
    return Libc.glibc(upstream(this.version('libc6')));
  }

  private get libseccomp(): string {
    const version = this.version('libseccomp2');
    return NAMES_OF.get(version) ?? upstream(version);
  }

  private version(name: string): string {
    const version = this.versions.get(name) ?? this.versions.get(`${name}:amd64`);
    if (!version) throw new Error(`${this.usr} is of a Debian without ${name}`);
    return version;
  }
}

/** Debian's builds that know the names of another libseccomp release than the one they are of. */
const NAMES_OF: ReadonlyMap<string, string> = new Map([['2.5.4-1+deb12u1', '2.5.5']]);

/** `1.1.5` of `1:1.1.5+ds1-1+deb12u1`. */
function upstream(version: string): string {
  return /^(?:\d+:)?([\d.]+)/.exec(version)![1];
}
