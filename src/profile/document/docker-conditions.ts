import { CAPABILITIES } from './capabilities';
import { NodeArchitecture } from './node-architecture';
import { each, Fields, members, oneOf, optional, readString } from './parse-fields';
import { InputError, show } from '../../private/errors';
import { JsonNode } from '../../private/json';
import { isAtLeast } from '../../private/version';

/** Values that the conditions of a document depend on. */
export interface Circumstances {
  readonly node: NodeArchitecture;
  readonly capabilities: readonly string[];
  /** Release of the kernel, as `uname -r` prints it. */
  readonly kernel: string;
}

interface Condition {
  readonly arches: readonly string[];
  readonly caps: readonly string[];
  readonly minKernel?: string;
}

/**
 * Names that `arches` may contain. Docker has its own list, containers-common uses the names of libseccomp's Go binding, and the two differ
 * in one name of LoongArch and one of MIPS.
 *
 * @see https://pkg.go.dev/github.com/moby/profiles/seccomp@v0.3.0
 * @see https://github.com/seccomp/libseccomp-golang/blob/v0.11.0/seccomp.go
 */
const ARCHES: readonly string[] = [
  'amd64', 'arm', 'arm64', 'loong64', 'loongarch64', 'm68k', 'mips', 'mips3l64n32', 'mips64', 'mips64n32', 'mipsel', 'mipsel64', 'mipsel64n32',
  'parisc', 'parisc64', 'ppc', 'ppc64', 'ppc64le', 'riscv64', 's390', 's390x', 'sh', 'sheb', 'x32', 'x86',
];

/** Names of a node in `arches`, if they are not its label. */
const NODE_ARCHES: ReadonlyMap<string, readonly string[]> = new Map([['mips64le', ['mipsel64']], ['loong64', ['loong64', 'loongarch64']]]);

/** True if a rule with these fields applies to a container under these circumstances. */
export function applies({ includes, excludes }: Fields, circumstances: Circumstances): boolean {
  const [wanted, unwanted] = [optional(includes, condition), optional(excludes, condition)];
  const isNode = (arch: string) => (NODE_ARCHES.get(circumstances.node.label) ?? [circumstances.node.label]).includes(arch);
  const has = (name: string) => circumstances.capabilities.includes(name);

  // Engines compare only two numbers: a release candidate counts as the release.
  const [kernel = ''] = /^\d+\.\d+/.exec(circumstances.kernel) ?? [];
  // All capabilities are needed to include a rule, one is enough to exclude it.
  const included = !wanted || (wanted.caps.every(has)
    && (wanted.arches.length === 0 || wanted.arches.some(isNode))
    && (!wanted.minKernel || isAtLeast(kernel, wanted.minKernel)));
  const excluded = unwanted && (unwanted.caps.some(has)
    || unwanted.arches.some(isNode)
    || (unwanted.minKernel && isAtLeast(kernel, unwanted.minKernel)));
  return included && !excluded;
}

function condition(node: JsonNode): Condition {
  const fields = members(node, 'condition of a Docker syscall rule', { required: [], optional: ['arches', 'caps', 'minKernel'] });
  return {
    arches: optional(fields.arches, each(item => oneOf(item, 'an architecture that Docker or containers-common knows', ARCHES))) ?? [],
    caps: optional(fields.caps, each(item => oneOf(item, 'a capability', CAPABILITIES))) ?? [],
    minKernel: optional(fields.minKernel, minKernel),
  };
}

function minKernel(node: JsonNode): string {
  const version = readString(node);
  const parts = /^\d+\.\d+$/.test(version) ? version.split('.').map(Number) : [];
  // Docker keeps each half in a byte, and no version is 0.0.
  if (parts.length === 0 || parts.some(part => part > 255) || parts.every(part => part === 0)) {
    throw node.error(`${node.shown} is not a kernel version, expected two numbers such as "4.8"`);
  }
  return version;
}

export function checkKernelVersion(release: string): string {
  if (!/^\d+\.\d+/.test(release)) {
    throw new InputError(`kernelVersion ${show(release)} is not a kernel version, expected one such as "5.10" or "5.10.0-136.el8"`);
  }
  return release;
}
