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
  /** aarch64: Kunpeng hosts among others. */
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
   * The node architecture of that name.
   *
   * @param value a `kubernetes.io/arch` label (`arm64`) or what `uname -m` prints (`aarch64`)
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

  /** Every node architecture this library knows. */
  public static all(): NodeArchitecture[] {
    return [
      NodeArchitecture.AMD64, NodeArchitecture.ARM64, NodeArchitecture.ARM, NodeArchitecture.PPC64LE,
      NodeArchitecture.S390X, NodeArchitecture.RISCV64, NodeArchitecture.MIPS64LE, NodeArchitecture.LOONG64,
    ];
  }

  /**
   * Every node architecture on which programs of an ABI run: those whose own ABI it is first, then those that run it beside their own.
   *
   * 32-bit ARM is the own ABI of `arm` nodes and runs on `arm64` nodes too; every other ABI runs on one kind of node at most.
   *
   * @param architecture the ABI of the programs
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

  /** What `uname -m` prints on such a node, such as `aarch64`. */
  public get machines(): string[] {
    return [...this.kind.machines];
  }

  /** The architectures that programs on such a node can use, the native one first. */
  public get architectures(): SeccompArchitecture[] {
    return this.kind.abis.map(SeccompArchitecture.of);
  }

  /** The `kubernetes.io/arch` label. */
  public toString(): string {
    return this.label;
  }
}
