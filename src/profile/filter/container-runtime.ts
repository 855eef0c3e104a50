import { check, OBJECT } from '../../private/arguments';
import { InputError, show } from '../../private/errors';
import { isAtLeast } from '../../private/version';

const VERSION = /^v?\d+\.\d+(?:\.\d+)?(?:-rc\.?\d+)?(?:[+~-].*)?$/;

/**
 * Versions of libraries that a runtime uses.
 */
export interface ContainerRuntimeOptions {
  /**
   * Version of libseccomp that the runtime uses on the node.
   *
   * It silently ignores a name that it does not know: a denylist does not deny that call.
   *
   * @default "2.6.0"
   */
  readonly libseccomp?: string;
}

/**
 * OCI runtime of a node. containerd and CRI-O leave the filter to it.
 */
export class ContainerRuntime {
  /** Default runtime: runc 1.1.15 with libseccomp 2.6.0, as in Debian 13. */
  public static readonly DEFAULT = ContainerRuntime.runc('1.1.15', { libseccomp: '2.6.0' });

  /**
   * Returns a version of runc, which containerd and Docker use.
   *
   * @param version such as `1.1.5` or `1.0.0-rc93`
   * @param options the libseccomp that it uses
   * @throws if a version is not valid
   */
  public static runc(version: string, options: ContainerRuntimeOptions = {}): ContainerRuntime {
    return new ContainerRuntime('runc', version, check(OBJECT, options, 'options').libseccomp);
  }

  /**
   * Returns a version of crun, which CRI-O and Podman use.
   *
   * @param version such as `1.8.1`
   * @param options the libseccomp that it uses
   * @throws if a version is not valid
   */
  public static crun(version: string, options: ContainerRuntimeOptions = {}): ContainerRuntime {
    return new ContainerRuntime('crun', version, check(OBJECT, options, 'options').libseccomp);
  }

  /**
   * Returns the runtimes of Debian 12 and 13, runc and crun each. Debian 12's libseccomp 2.5.4 has the names of 2.5.5.
   */
  public static shipped(): ContainerRuntime[] {
    return [
      ContainerRuntime.runc('1.1.5', { libseccomp: '2.5.5' }),
      ContainerRuntime.crun('1.8.1', { libseccomp: '2.5.5' }),
      ContainerRuntime.runc('1.1.15', { libseccomp: '2.6.0' }),
      ContainerRuntime.crun('1.21', { libseccomp: '2.6.0' }),
    ];
  }

  /** Version of libseccomp. */
  public readonly libseccomp: string;

  private constructor(
    /** `runc` or `crun`. */
    public readonly name: string,
    /** Version of the runtime. */
    public readonly version: string,
    libseccomp = '2.6.0',
  ) {
    for (const text of [version, libseccomp]) {
      if (typeof text !== 'string' || !VERSION.test(text)) throw new InputError(`${show(text)} is not a version, expected one such as "1.1.5" or "1.0.0-rc93"`);
    }
    this.libseccomp = libseccomp;
  }

  /** Returns a text such as `runc 1.1.5 (libseccomp 2.5.4)`. */
  public toString(): string {
    return `${this.name} ${this.version} (libseccomp ${this.libseccomp})`;
  }

  /**
   * True if it answers ENOSYS to calls that are newer than every call of the profile.
   *
   * @see https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/patchbpf/enosys_linux.go
   * @internal
   */
  public get _hasEnosysStub(): boolean {
    return this._isRunc('1.0.0-rc93');
  }

  /**
   * True if the stub covers the native ABI even if the document does not list it.
   *
   * @internal
   */
  public get _stubCoversNative(): boolean {
    return this._isRunc('1.1.15');
  }

  /**
   * True if it is runc of that version or later.
   *
   * @internal
   */
  public _isRunc(since: string): boolean {
    return this.name === 'runc' && isAtLeast(this.version, since);
  }
}
