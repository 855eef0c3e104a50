import { ARCHITECTURE, SeccompArchitecture } from './architecture';
import { check } from '../../private/arguments';
import { InputError, list, show } from '../../private/errors';
import { NODE_KINDS, NodeKind } from '../../syscalls/abis';

/**
 * The architecture of a node, as its `kubernetes.io/arch` label names it.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch
 */
export class NodeArchitecture {
  /** x86_64. */
  public static readonly AMD64 = NodeArchitecture.named('amd64');
  /** aarch64, for example Kunpeng hosts. */
  public static readonly ARM64 = NodeArchitecture.named('arm64');
  /** 32-bit ARM. */
  public static readonly ARM = NodeArchitecture.named('arm');
  /** 64-bit PowerPC, little endian. */
  public static readonly PPC64LE = NodeArchitecture.named('ppc64le');
  /** IBM Z. */
  public static readonly S390X = NodeArchitecture.named('s390x');
  /** 64-bit RISC-V. */
  public static readonly RISCV64 = NodeArchitecture.named('riscv64');
  /** 64-bit MIPS, little endian. */
  public static readonly MIPS64LE = NodeArchitecture.named('mips64le');
  /** 64-bit LoongArch. */
  public static readonly LOONG64 = NodeArchitecture.named('loong64');

  /**
   * Returns the node architecture of a name.
   *
   * @param value a `kubernetes.io/arch` label (`arm64`) or the output of `uname -m` (`aarch64`)
   * @throws if it is neither
   */
  public static of(value: string): NodeArchitecture {
    const found = NodeArchitecture.all().find(node => node.label === value || node.machines.includes(value));
    if (!found) {
      const known = NODE_KINDS.map(kind => `${kind.name} (${kind.machines.join(', ')})`);
      throw new InputError(`${show(value)} is not a node architecture, expected one of ${list(known)}`);
    }
    return found;
  }

  /** Returns every node architecture that this library knows. */
  public static all(): NodeArchitecture[] {
    return [
      NodeArchitecture.AMD64, NodeArchitecture.ARM64, NodeArchitecture.ARM, NodeArchitecture.PPC64LE,
      NodeArchitecture.S390X, NodeArchitecture.RISCV64, NodeArchitecture.MIPS64LE, NodeArchitecture.LOONG64,
    ];
  }

  /**
   * Returns every node architecture on which programs of an ABI run: first those with it as native ABI, then those with it as compat ABI.
   *
   * 32-bit ARM is the native ABI of `arm` nodes and a compat ABI of `arm64` nodes; every other ABI runs on at most one kind of node.
   *
   * @param architecture ABI of the programs
   */
  public static running(architecture: SeccompArchitecture): NodeArchitecture[] {
    check(ARCHITECTURE, architecture, 'architecture');
    const rank = (node: NodeArchitecture) => node.kind.abis.indexOf(architecture.value);
    const nodes = NodeArchitecture.all().filter(node => rank(node) >= 0);
    return nodes.sort((one, other) => Math.min(1, rank(one)) - Math.min(1, rank(other)));
  }

  private static named(name: string): NodeArchitecture {
    return new NodeArchitecture(NODE_KINDS.find(kind => kind.name === name)!);
  }

  /** Value of the `kubernetes.io/arch` label, such as `arm64`. */
  public readonly label: string;

  private constructor(private readonly kind: NodeKind) {
    this.label = kind.name;
  }

  /** Output of `uname -m` on such a node, such as `aarch64`. */
  public get machines(): string[] {
    return [...this.kind.machines];
  }

  /** Architectures that programs on such a node can use, the native one first. */
  public get architectures(): SeccompArchitecture[] {
    return this.kind.abis.map(SeccompArchitecture.of);
  }

  /** Returns the `kubernetes.io/arch` label. */
  public toString(): string {
    return this.label;
  }
}
