import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { ALLOWLIST, ARCHITECTURES, DENYLIST, DIFF, DOCKER, NAMES, NODE, QUERY, THREADS } from './argument-shapes';
import { allowlistDocument, AllowlistOptions, denylistDocument, DenylistOptions, withoutSyscalls, withPlacedArguments, withRule } from './authoring';
import { SeccompArchitecture } from './document/architecture';
import { DockerFormatOptions, expandDockerFormat } from './document/docker-format';
import { ProfileDocument } from './document/document';
import { NodeArchitecture } from './document/node-architecture';
import { readOperatorResource } from './document/operator-resource';
import { parseDocument } from './document/parse';
import { printDocument } from './document/print';
import { ContainerRuntime } from './filter/container-runtime';
import { decide } from './filter/decide';
import { DecidedBy, Decision, DecisionKind, sameDecision } from './filter/decision';
import { NodeFilters } from './filter/node-filter';
import { queriedArguments, queriedNumber, SyscallQuery } from './filter/query';
import { FollowedThreads, threads, ThreadsAnswer, ThreadsQuery } from './filter/threads';
import { loggingAllDocument, loggingDocument } from './logging';
import { differences, DiffOptions, mergedByNode, ProfileDifference } from './merge/diff';
import { intersectDocuments, unionDocuments } from './merge/set-operations';
import { SyscallRule } from './syscall-rule';
import { check, instanceOf, optional, TEXT } from '../private/arguments';
import { InputError, list } from '../private/errors';
import { JsonNode, readJson, wrapJson } from '../private/json';
import { enumerate } from '../private/text';

/**
 * A seccomp profile: the document that a container runtime reads from a node.
 *
 * It is the `linux.seccomp` object of the OCI runtime-spec 1.3, which is what the kubelet hands to containerd and CRI-O for the
 * mode Localhost. A profile never changes; operations return a new one.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export class SeccompProfile {
  /**
   * Reads a profile strictly: an unknown field, value or type is refused with its JSON path, nothing is dropped.
   *
   * @param value the parsed document, or its JSON text; only the text keeps integers above 2^53 exact
   * @throws if it is not an OCI seccomp profile
   */
  public static fromJson(value: any): SeccompProfile {
    return new SeccompProfile(parseDocument(readValue(value)));
  }

  /**
   * Reads a profile from a file, as strictly as `fromJson`. Errors carry line and column.
   *
   * @param path path of a JSON file
   * @throws if the file cannot be read or is not an OCI seccomp profile
   */
  public static fromFile(path: string): SeccompProfile {
    return new SeccompProfile(parseDocument(readJson(readText(check(TEXT, path, 'path')), path)));
  }

  /**
   * Reads a profile in the format of Docker and containers-common (Podman, CRI-O) and expands it, as the engine would, for one kind of
   * node and container.
   *
   * Such a document holds more than a profile: a map of architectures, and rules that depend on the node, its kernel and the container's
   * capabilities. A node that gets it as a Localhost profile does not read it so: containerd drops the fields that it does not know and
   * with them the conditions, and rules meant for CAP_SYS_ADMIN hold for everybody.
   *
   * It is read as strictly as by `fromJson`. Nothing is dropped but comments and the rules for other containers and nodes. Where the two
   * projects differ, a field is read as the project reads it that has it:
   *
   * - `minKernel` counts (containers-common drops it).
   * - `errno` and `defaultErrno` win over the number beside them (Docker drops them); if name and number disagree, the document is refused.
   * - `archMap` has its effect on every kind of node (containers-common: on amd64, arm64, mips64le and s390x only). A document whose map
   *   has no entry for the node has no architectures afterwards: the runtime filters the native one alone.
   *
   * @param value the parsed document, or its JSON text; only the text keeps integers above 2^53 exact
   * @param options the node and the container that it is expanded for
   * @throws if it is not such a document
   * @see https://pkg.go.dev/github.com/moby/profiles/seccomp and https://pkg.go.dev/go.podman.io/common/pkg/seccomp
   */
  public static fromDockerFormat(value: any, options: DockerFormatOptions): SeccompProfile {
    return new SeccompProfile(expandDockerFormat(readValue(value), check(DOCKER, options, 'options')));
  }

  /**
   * Reads the profile in a `SeccompProfile` resource of the Security Profiles Operator, API version v1 or v1beta1.
   *
   * It is read as strictly as by `fromJson`, and for what the operator makes of it: a value that is left out of a condition is 0. A
   * resource whose `spec` is not the profile that nodes get is refused: with a `baseProfileName`, disabled, or with something that the
   * operator refuses or drops, such as `defaultErrnoRet`. Metadata and status are not part of the profile.
   *
   * @param value the parsed resource, or its YAML or JSON text; only the text keeps integers above 2^53 exact
   * @throws if it is not such a resource, or not a whole profile
   * @see https://github.com/kubernetes-sigs/security-profiles-operator
   */
  public static fromOperatorResource(value: any): SeccompProfile {
    return new SeccompProfile(readOperatorResource(value));
  }

  /**
   * A profile that lets everything through but what it names.
   *
   * @param props the calls that fail, and further rules
   * @throws if a name is not a system call
   */
  public static denylist(props: DenylistOptions): SeccompProfile {
    return new SeccompProfile(denylistDocument(check(DENYLIST, props, '')));
  }

  /**
   * A profile that lets nothing through but what it names. What the runtime itself needs to start a container has to be among it.
   *
   * @param props the calls that are executed, and what all others get
   * @throws if a name is not a system call
   */
  public static allowlist(props: AllowlistOptions): SeccompProfile {
    return new SeccompProfile(allowlistDocument(check(ALLOWLIST, props, '')));
  }

  /**
   * A profile for a canary: every call is executed and leaves an audit record, from which `cdk8s-seccomp record` makes an allowlist. For other
   * nodes than amd64 and arm64, follow with `withArchitectures`.
   *
   * With a profile, only calls leave a record that it would let fail, kill or trap: what would break under it. An ABI that it does not name is
   * killed all the same, and a clone3 that it answers with ENOSYS stays so, because C libraries fall back to clone.
   *
   * The kernel's own log keeps ten records in five seconds. auditd, and journald with `systemd-journald-audit.socket`, get them all.
   *
   * @param denying the profile whose denials are to be logged; without one, every call is
   */
  public static logging(denying?: SeccompProfile): SeccompProfile {
    check(optional(PROFILE), denying, 'denying');
    return new SeccompProfile(denying ? loggingDocument(denying.document) : loggingAllDocument());
  }

  /** @internal */
  public static _of(document: ProfileDocument): SeccompProfile {
    return new SeccompProfile(document);
  }

  private readonly filters: NodeFilters;

  private readonly document: ProfileDocument;

  private constructor(document: ProfileDocument) {
    this.document = withPlacedArguments(document);
    this.filters = new NodeFilters(this.document);
  }

  /**
   * The architectures the profile names, in its order.
   *
   * An architecture that is not named is not allowed but killed: its first system call ends the process with SIGSYS, whatever the
   * default action. If the document has no list at all, this is undefined, and a runtime filters the native architecture alone.
   */
  public get architectures(): SeccompArchitecture[] | undefined {
    return this.document.architectures?.map(SeccompArchitecture.of);
  }

  /**
   * The profile for one kind of node: the same rules, and of the architectures those that the node can run.
   *
   * A document that lists the architectures of many nodes often cannot be loaded by any: runtimes refuse to put big- and
   * little-endian architectures into one filter. A document without a list is returned as it is.
   *
   * @param node architecture of the node
   * @throws if the profile names no architecture of such a node
   */
  public forNode(node: NodeArchitecture): SeccompProfile {
    check(NODE, node, 'node');
    const { architectures } = this.document;
    if (!architectures?.length) return this;
    const family = node.architectures.map(architecture => architecture.value);
    if (!architectures.some(name => family.includes(name))) {
      throw new InputError(`architectures: ${list(architectures)} names nothing that ${node.label} nodes run, expected at least one of ${list(family)}`);
    }
    return this.restricted(family);
  }

  /**
   * The kinds of node that the profile can serve: those of which it names at least one architecture, or all when it has no list.
   */
  public get nodes(): NodeArchitecture[] {
    const { architectures } = this.document;
    return NodeArchitecture.all().filter(node => !architectures?.length || node.architectures.some(({ value }) => architectures.includes(value)));
  }

  /**
   * The nodes for which it is most likely meant: amd64 and arm64, as far as it can serve them.
   *
   * @internal
   */
  public get _usualNodes(): NodeArchitecture[] {
    const [usual, served] = [[NodeArchitecture.AMD64, NodeArchitecture.ARM64], this.nodes];
    const both = usual.filter(node => served.includes(node));
    return both.length > 0 ? both : served.length > 0 ? served : usual;
  }

  /**
   * The profile in which these calls fail, whatever it said about them.
   *
   * @param names such as `mount`
   * @param errno 0 to 4094, EPERM (1) if not given
   */
  public withDenied(names: string[], errno: number = 1): SeccompProfile {
    return this.withRule(SyscallRule.deny(...check(NAMES, names, 'names')).withErrno(errno));
  }

  /**
   * The profile in which these calls are executed, whatever it said about them.
   *
   * @param names such as `ptrace`
   */
  public withAllowed(names: string[]): SeccompProfile {
    return this.withRule(SyscallRule.allow(...check(NAMES, names, 'names')));
  }

  /**
   * The profile without any rule for these calls: the default action answers.
   *
   * @param names such as `ptrace`
   */
  public withoutSyscalls(names: string[]): SeccompProfile {
    return new SeccompProfile(withoutSyscalls(this.document, check(NAMES, names, 'names')));
  }

  /**
   * The profile with these architectures instead of those it had.
   *
   * @param architectures the ABIs to name, such as `SeccompArchitecture.X86_64`, in the order of the document
   */
  public withArchitectures(architectures: SeccompArchitecture[]): SeccompProfile {
    return new SeccompProfile({ ...this.document, architectures: check(ARCHITECTURES, architectures, 'architectures').map(String) });
  }

  /**
   * What either of two profiles lets through: it never denies what one of them allows.
   *
   * @param other the other profile; where both deny, this one's errno is kept
   * @throws if one profile cannot say it: conditions that would have to be negated, rules without a dependable meaning, or architectures of both byte orders
   */
  public union(other: SeccompProfile): SeccompProfile {
    return new SeccompProfile(unionDocuments(this.document, check(PROFILE, other, 'other').document));
  }

  /**
   * What both of two profiles let through, as strictly as either: what the kernel does when both are loaded.
   *
   * @param other the other profile; where both deny equally strictly, this one's errno is kept
   * @throws if one profile cannot say it: conditions that would have to be negated, or rules without a dependable meaning
   */
  public intersect(other: SeccompProfile): SeccompProfile {
    return new SeccompProfile(intersectDocuments(this.document, check(PROFILE, other, 'other').document));
  }

  /**
   * The calls that two profiles answer differently, per ABI, each profile as its node document for the node of that ABI.
   *
   * Calls that depend on their arguments differ when their conditions or the answers to them do.
   *
   * @param after the other profile
   * @param options the runtime and the ABIs to compare on
   */
  public diff(after: SeccompProfile, options: DiffOptions = {}): ProfileDifference[] {
    check(PROFILE, after, 'after');
    check(DIFF, options, 'options');
    const named = [...this.document.architectures ?? [], ...after.document.architectures ?? []].map(SeccompArchitecture.of);
    // A node's own ABI is in its filter whether the profile names it or not.
    const natives = named.flatMap(NodeArchitecture.running).map(({ architectures: [native] }) => native);
    const compared = [...new Set([...named, ...natives])];
    const architectures = compared.length > 0 ? compared : [SeccompArchitecture.X86_64, SeccompArchitecture.AARCH64];
    return (options.architectures ?? architectures).flatMap(architecture => {
      const nodes = NodeArchitecture.running(architecture);
      const found = (nodes.length > 0 ? nodes : [undefined]).map(node => {
        const onNode = (profile: SeccompProfile) => {
          const document = profile.restricted(node?.architectures.map(String) ?? [architecture.value]);
          return (number: number) => document.decideNumber({ ...options, architecture, node }, number, new Map());
        };
        return { node, found: differences(architecture, onNode(this), onNode(after)) };
      });
      return mergedByNode(found);
    });
  }

  private withRule(rule: SyscallRule): SeccompProfile {
    return new SeccompProfile(rule._toDocument().reduce(withRule, this.document));
  }

  /**
   * What a node that has loaded the profile answers to a system call, and why.
   *
   * It follows the runtime, libseccomp and the kernel, not the order in which the document is written; see the guide "How a profile is
   * read". Where the rules leave the part of the language that libseccomp builds faithfully, the answer is that it is undefined.
   *
   * @param query the call, and the node and program that make it
   * @throws if the call, the arguments or their number make no sense, or no node is given and the kinds of node that run such programs answer differently
   */
  public decide(query: SyscallQuery): Decision {
    check(QUERY, query, 'query');
    return this.decideNumber(query, queriedNumber(query), queriedArguments(query.args));
  }

  /**
   * Whether threads start under the profile, and why: the answer to `can't start new thread`.
   *
   * @param query the program, and the node that it runs on
   * @throws if no node is given and the kinds of node that run such programs answer differently
   */
  public threads(query: ThreadsQuery): ThreadsAnswer {
    return this._threads(query).answer;
  }

  /** @internal */
  public _threads(query: ThreadsQuery): FollowedThreads {
    check(THREADS, query, 'query');
    return threads(query, (syscall, args) => this.decide({ ...query, syscall, args }));
  }

  private restricted(abis: readonly string[]): SeccompProfile {
    const architectures = this.document.architectures?.filter(name => abis.includes(name));
    return new SeccompProfile({ ...this.document, ...(architectures && { architectures }) });
  }

  private decideNumber(query: SyscallQuery, number: number, args: Map<number, bigint>): Decision {
    const { architecture, node } = query;
    const nodes = node ? [node] : NodeArchitecture.running(architecture);
    if (nodes.length === 0) return this.decideOn(architecture, query, number, args);
    const decisions = nodes.map(({ architectures: [native] }) => this.decideOn(native, query, number, args));
    if (decisions.every(decision => sameDecision(decision, decisions[0]))) return decisions[0];
    const where = enumerate(nodes.map(({ label }) => `${label} nodes`));
    throw new InputError(`programs of ${architecture} run on ${where}, where the profile answers differently, expected node in the query`);
  }

  private decideOn({ value: native }: SeccompArchitecture, query: SyscallQuery, number: number, args: Map<number, bigint>): Decision {
    const { architecture, runtime = ContainerRuntime.DEFAULT } = query;
    const [fault] = this.filters.faults(runtime, native);
    if (fault) return { kind: DecisionKind.REFUSED, decidedBy: DecidedBy.RUNTIME, path: fault.path, reason: fault.reason };
    return decide(this.filters.load(runtime, native, architecture.value), { abi: architecture.value, number, args });
  }

  /**
   * The document as JSON text: fields in the order of the specification, two spaces, a newline at the end. Equal profiles give
   * equal bytes.
   */
  public toJson(): string {
    return printDocument(this.document);
  }

  /** @internal */
  public get _document(): ProfileDocument {
    return this.document;
  }

  /** @internal */
  public get _filters(): NodeFilters {
    return this.filters;
  }

  /** The sha256 of the JSON text, in hexadecimal. */
  public get digest(): string {
    return createHash('sha256').update(this.toJson()).digest('hex');
  }
}

/** A profile, where JavaScript may have handed over a path or a document. */
export const PROFILE = instanceOf(SeccompProfile, 'a SeccompProfile such as SeccompProfile.fromFile(path) or SeccompProfile.fromJson(document)');

function readValue(value: any): JsonNode {
  return typeof value === 'string' ? readJson(value) : wrapJson(value);
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not UTF-8' : code === 'ENOENT' ? 'no such file' : message;
    throw new InputError(`cannot be read: ${reason}`, { file: path });
  }
}
