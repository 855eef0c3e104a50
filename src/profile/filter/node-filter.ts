import { ContainerRuntime } from './container-runtime';
import { LoadedProfile } from './decide';
import { findLoadFaults, LoadFault } from './load-faults';
import { AbiFilter, largestNumber, loadFilter } from './loaded-filter';
import { ProfileDocument } from '../document/document';

/** What nodes make of one document. Deciding every call of an ABI must not build its filter anew for each, so it is kept. */
export class NodeFilters {
  private readonly filters = new Map<string, AbiFilter>();
  private readonly found = new Map<string, LoadFault[]>();
  private readonly loaded = new Map<string, LoadedProfile>();

  public constructor(private readonly document: ProfileDocument) {}

  /** Why the runtime refuses the document on nodes with that native ABI; nothing if it takes it. */
  public faults(runtime: ContainerRuntime, native: string): readonly LoadFault[] {
    const key = `${runtime} ${native}`;
    let faults = this.found.get(key);
    if (!faults) {
      const abis = this.abis(native);
      this.found.set(key, faults = [...findLoadFaults(this.document, runtime, abis, abis.map(abi => this.filter(runtime, abi)))]);
    }
    return faults;
  }

  /** The filter as it stands on such a node, as far as it concerns one ABI. */
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

  /** libseccomp always has the node's own ABI in the filter. */
  public abis(native: string): string[] {
    return [...new Set([native, ...this.document.architectures ?? []])];
  }

  /** The rules of one ABI, as libseccomp holds them. */
  public filter(runtime: ContainerRuntime, abi: string): AbiFilter {
    const key = `${runtime.libseccomp} ${abi}`;
    let filter = this.filters.get(key);
    if (!filter) this.filters.set(key, filter = loadFilter(this.document, runtime, abi));
    return filter;
  }
}

/**
 * The number above which runc answers ENOSYS on an ABI.
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
