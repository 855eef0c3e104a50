import { ContainerRuntime } from './container-runtime';
import { LoadedProfile } from './decide';
import { findLoadFaults, LoadFault } from './load-faults';
import { AbiFilter, largestNumber, loadFilter } from './loaded-filter';
import { ProfileDocument } from '../document/document';

/** Filters of one document on nodes, cached: decisions on all calls of an ABI share one filter. */
export class NodeFilters {
  private readonly filters = new Map<string, AbiFilter>();
  private readonly found = new Map<string, LoadFault[]>();
  private readonly loaded = new Map<string, LoadedProfile>();

  public constructor(private readonly document: ProfileDocument) {}

  /** Returns the reasons why the runtime refuses the document on nodes with a native ABI; none if it accepts it. */
  public faults(runtime: ContainerRuntime, native: string): readonly LoadFault[] {
    const key = `${runtime} ${native}`;
    let faults = this.found.get(key);
    if (!faults) {
      const abis = this.abis(native);
      this.found.set(key, faults = [...findLoadFaults(this.document, runtime, abis, abis.map(abi => this.filter(runtime, abi)))]);
    }
    return faults;
  }

  /** Returns the profile as such a node loads it, for one ABI. */
  public load(runtime: ContainerRuntime, native: string, abi: string): LoadedProfile {
    const key = `${runtime} ${native} ${abi}`;
    let loaded = this.loaded.get(key);
    if (!loaded) {
      loaded = {
        document: this.document,
        runtime,
        abis: this.abis(native),
        stub: stubLimit(this.document, runtime, native, abi),
        filter: this.filter(runtime, abi),
      };
      this.loaded.set(key, loaded);
    }
    return loaded;
  }

  /** Returns the ABIs of the filter. libseccomp always adds the native one. */
  public abis(native: string): string[] {
    return [...new Set([native, ...this.document.architectures ?? []])];
  }

  /** Returns the rules of one ABI as libseccomp holds them. */
  public filter(runtime: ContainerRuntime, abi: string): AbiFilter {
    const key = `${runtime.libseccomp} ${abi}`;
    let filter = this.filters.get(key);
    if (!filter) this.filters.set(key, filter = loadFilter(this.document, runtime, abi));
    return filter;
  }
}

/**
 * Returns the number above which runc answers ENOSYS on an ABI; undefined if it has no stub there.
 *
 * @see https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/patchbpf/enosys_linux.go
 */
export function stubLimit(document: ProfileDocument, runtime: ContainerRuntime, native: string, abi: string): LoadedProfile['stub'] {
  const permissive = ['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG', 'SCMP_ACT_TRACE'].includes(document.defaultAction);
  const covered = document.architectures?.includes(abi) || (abi === native && runtime._stubCoversNative);
  if (!runtime._hasEnosysStub || permissive || !covered) return undefined;
  const largest = largestNumber(document, runtime, abi);
  return largest.number > 0 ? largest : undefined;
}
