import { readFileSync } from 'fs';
import { join } from 'path';
import { OciRuntimeName } from './oci-runtime';
import { runOrThrow } from './processes';
import { Libc, ContainerRuntime } from '../../../src';

const ROOTS = join(__dirname, '../../../.tmp');
const MAKE_ROOT = join(__dirname, '../../../scripts/make-debian-root.sh');

export const DEBIANS = ['machine', 'trixie'] as const;

export type DebianName = typeof DEBIANS[number];

/** A Debian release whose runtimes, C library and Python are at hand. */
export class DebianRelease {
  /** The release of this machine, or another one, which is downloaded once. */
  public static async of(name: DebianName): Promise<DebianRelease> {
    if (name === 'machine') return new DebianRelease('/usr', await runOrThrow(['dpkg-query', '--show']));
    const root = join(ROOTS, `debian-${name}`);
    await runOrThrow([MAKE_ROOT, name, root], { timeoutMs: 5 * 60_000 });
    return new DebianRelease(join(root, 'usr'), readFileSync(join(root, 'packages'), 'utf8'));
  }

  private readonly versions: ReadonlyMap<string, string>;

  /** @param packages as `dpkg-query --show` prints them */
  public constructor(public readonly usr: string, packages: string) {
    this.versions = new Map(packages.trim().split('\n').map(line => line.split('\t') as [string, string]));
  }

  public runtime(name: OciRuntimeName): ContainerRuntime {
    return ContainerRuntime[name](upstream(this.version(name)), { libseccomp: this.libseccomp() });
  }

  public get glibc(): Libc {
    return Libc.glibc(upstream(this.version('libc6')));
  }

  private libseccomp(): string {
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
