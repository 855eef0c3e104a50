import { createHash } from 'crypto';
import { ALLOWLIST, ARCHITECTURES, DENYLIST, DIFF, DOCKER, NAMES, NODE, QUERY, THREADS } from './argument-shapes';
import { allowlistDocument, AllowlistOptions, denylistDocument, DenylistOptions, withoutSyscalls, withRule } from './authoring';
import { SeccompArchitecture } from './document/architecture';
import { DockerFormatOptions, expandDockerFormat } from './document/docker-format';
import { ProfileDocument } from './document/document';
import { NodeArchitecture } from './document/node-architecture';
import { documentForNode, servedNodes, usualNodes, withPlacedArguments } from './document/node-document';
import { readOperatorResource } from './document/operator-resource';
import { parseDocument } from './document/parse';
import { printDocument } from './document/print';
import { readSource, readSourceFile } from './document/source';
import { decideQuery } from './filter/decide-query';
import { Decision } from './filter/decision';
import { NodeFilters } from './filter/node-filter';
import { queriedArguments, queriedNumber, SyscallQuery } from './filter/query';
import { FollowedThreads, threads, ThreadsAnswer, ThreadsQuery } from './filter/threads';
import { loggingAllDocument, loggingDocument } from './logging';
import { diffDocuments, DiffOptions, ProfileDifference } from './merge/diff';
import { intersectDocuments, unionDocuments } from './merge/set-operations';
import { SyscallRule } from './syscall-rule';
import { check, instanceOf, optional, TEXT } from '../private/arguments';

/**
 * A seccomp profile: the document that a container runtime reads from a node.
 *
 * It is the `linux.seccomp` object of the OCI runtime-spec 1.3, which containerd and CRI-O read for the mode Localhost. A profile is
 * immutable; operations return a new one.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export class SeccompProfile {
  /**
   * Reads a profile strictly: refuses an unknown field, value or type with its JSON path, and drops nothing.
   *
   * @param value the parsed document, or its JSON text; only the text keeps integers above 2^53 exact
   * @throws if it is not an OCI seccomp profile
   */
  public static fromJson(value: any): SeccompProfile {
    return new SeccompProfile(parseDocument(readSource(value)));
  }

  /**
   * Reads a profile from a file, as strictly as `fromJson`. Errors carry line and column.
   *
   * @param path path of a JSON file
   * @throws if the file cannot be read or is not an OCI seccomp profile
   */
  public static fromFile(path: string): SeccompProfile {
    return new SeccompProfile(parseDocument(readSourceFile(check(TEXT, path, 'path'))));
  }

  /**
   * Reads a profile in the format of Docker and containers-common (Podman, CRI-O) and expands it for one kind of node and container, as the
   * engine does.
   *
   * Such a document has a map of architectures, and rules that depend on the node, its kernel and the container's capabilities. It does not
   * work as a Localhost profile: containerd drops the fields that it does not know, so rules for CAP_SYS_ADMIN apply to every container.
   *
   * It is read as strictly as by `fromJson`; only comments and the rules for other containers and nodes are dropped. Where the two projects
   * differ, each field is read as by the project that defines it: `minKernel` counts (containers-common drops it), `errno` and `defaultErrno`
   * win over the number beside them (Docker drops them; a name and a number that disagree are refused), and `archMap` works on every kind
   * of node (containers-common: only amd64, arm64, mips64le and s390x). If the map has no entry for the node, the result has no architectures,
   * and the runtime filters only the native one.
   *
   * @param value the parsed document, or its JSON text; only the text keeps integers above 2^53 exact
   * @param options the node and the container that it is expanded for
   * @throws if it is not such a document
   * @see https://pkg.go.dev/github.com/moby/profiles/seccomp and https://pkg.go.dev/go.podman.io/common/pkg/seccomp
   */
  public static fromDockerFormat(value: any, options: DockerFormatOptions): SeccompProfile {
    return new SeccompProfile(expandDockerFormat(readSource(value), check(DOCKER, options, 'options')));
  }

  /**
   * Reads the profile in a `SeccompProfile` resource of the Security Profiles Operator, API version v1 or v1beta1.
   *
   * It is read as strictly as by `fromJson`. A missing value in a condition is 0, as for the operator. A resource whose `spec` is not the
   * profile that nodes get is refused: one with a `baseProfileName`, a disabled one, or one with a field that the operator refuses or drops,
   * such as `defaultErrnoRet`. Metadata and status are ignored.
   *
   * @param value the parsed resource, or its YAML or JSON text; only the text keeps integers above 2^53 exact
   * @throws if it is not such a resource, or not a whole profile
   * @see https://github.com/kubernetes-sigs/security-profiles-operator
   */
  public static fromOperatorResource(value: any): SeccompProfile {
    return new SeccompProfile(readOperatorResource(value));
  }

  /**
   * Makes a profile that allows every call except those that it denies.
   *
   * @param props the denied calls, and further rules
   * @throws if a name is not a system call
   */
  public static denylist(props: DenylistOptions): SeccompProfile {
    return new SeccompProfile(denylistDocument(check(DENYLIST, props, '')));
  }

  /**
   * Makes a profile that denies every call except those that it allows. It has to allow the calls with which the runtime starts a container.
   *
   * @param props the allowed calls, and the answer for all others
   * @throws if a name is not a system call
   */
  public static allowlist(props: AllowlistOptions): SeccompProfile {
    return new SeccompProfile(allowlistDocument(check(ALLOWLIST, props, '')));
  }

  /**
   * Makes a profile for a canary: the kernel executes every call and writes an audit record of it; `cdk8s-seccomp record` makes an allowlist
   * of the records. For other nodes than amd64 and arm64, follow with `withArchitectures`.
   *
   * Given a profile, only the calls that it denies leave a record: the calls that would break under it. An ABI that it does not name is still
   * killed, and clone3 still gets ENOSYS if the profile says so, because C libraries then fall back to clone.
   *
   * The kernel's own log keeps ten records in five seconds. auditd, and journald with `systemd-journald-audit.socket`, get all of them.
   *
   * @param denying the profile whose denials are logged; without one, every call is logged
   */
  public static logging(denying?: SeccompProfile): SeccompProfile {
    check(optional(PROFILE), denying, 'denying');
    return new SeccompProfile(denying ? loggingDocument(denying._document) : loggingAllDocument());
  }

  /** @internal */
  public static _of(document: ProfileDocument): SeccompProfile {
    return new SeccompProfile(document);
  }

  /** @internal */
  public readonly _document: ProfileDocument;
  /** @internal */
  public readonly _filters: NodeFilters;

  private constructor(document: ProfileDocument) {
    this._document = withPlacedArguments(document);
    this._filters = new NodeFilters(this._document);
  }

  /**
   * The architectures that the profile names, in its order; undefined if the document has no list, and a runtime filters only the native one.
   *
   * A program of an architecture that is not named is killed: its first system call ends the process with SIGSYS, whatever the default action.
   */
  public get architectures(): SeccompArchitecture[] | undefined {
    return this._document.architectures?.map(SeccompArchitecture.of);
  }

  /**
   * Returns the profile for one kind of node: the same rules, and only the architectures that the node runs. A document without a list of
   * architectures stays as it is.
   *
   * Often no node can load a document that lists the architectures of many nodes: runtimes refuse to put big- and little-endian architectures
   * into one filter.
   *
   * @param node the kind of node
   * @throws if the profile names no architecture of such a node
   */
  public forNode(node: NodeArchitecture): SeccompProfile {
    check(NODE, node, 'node');
    return this._document.architectures?.length ? new SeccompProfile(documentForNode(this._document, node)) : this;
  }

  /**
   * The kinds of node that the profile can serve: those that run an architecture that it names, or all if it has no list.
   */
  public get nodes(): NodeArchitecture[] {
    return servedNodes(this._document);
  }

  /**
   * The kinds of node that the profile is most likely meant for: those of amd64 and arm64 that it can serve.
   *
   * @internal
   */
  public get _usualNodes(): NodeArchitecture[] {
    return usualNodes(this._document);
  }

  /**
   * Returns the profile in which these calls fail; it replaces the rules for them.
   *
   * @param names such as `mount`
   * @param errno 0 to 4094, EPERM (1) if not given
   */
  public withDenied(names: string[], errno: number = 1): SeccompProfile {
    return this.withRule(SyscallRule.deny(...check(NAMES, names, 'names')).withErrno(errno));
  }

  /**
   * Returns the profile in which these calls are executed; it replaces the rules for them.
   *
   * @param names such as `ptrace`
   */
  public withAllowed(names: string[]): SeccompProfile {
    return this.withRule(SyscallRule.allow(...check(NAMES, names, 'names')));
  }

  /**
   * Returns the profile without any rule for these calls: the default action answers.
   *
   * @param names such as `ptrace`
   */
  public withoutSyscalls(names: string[]): SeccompProfile {
    return new SeccompProfile(withoutSyscalls(this._document, check(NAMES, names, 'names')));
  }

  /**
   * Returns the profile with these architectures in place of its own.
   *
   * @param architectures ABIs in the order of the document, such as `SeccompArchitecture.X86_64`
   */
  public withArchitectures(architectures: SeccompArchitecture[]): SeccompProfile {
    return new SeccompProfile({ ...this._document, architectures: check(ARCHITECTURES, architectures, 'architectures').map(String) });
  }

  /**
   * Returns the profile that allows what either of two profiles allows.
   *
   * @param other the other profile; where both deny, this one's errno is kept
   * @throws if one profile cannot express it: conditions that would have to be negated, rules that libseccomp may build differently, or architectures of both byte orders
   */
  public union(other: SeccompProfile): SeccompProfile {
    return new SeccompProfile(unionDocuments(this._document, check(PROFILE, other, 'other')._document));
  }

  /**
   * Returns the profile that allows only what both of two profiles allow, with the stricter answer: the kernel does this if both are loaded.
   *
   * @param other the other profile; where both deny equally strictly, this one's errno is kept
   * @throws if one profile cannot express it: conditions that would have to be negated, or rules that libseccomp may build differently
   */
  public intersect(other: SeccompProfile): SeccompProfile {
    return new SeccompProfile(intersectDocuments(this._document, check(PROFILE, other, 'other')._document));
  }

  /**
   * Returns the calls that two profiles answer differently, per ABI, each profile as a node of that ABI gets it (`forNode`).
   *
   * Answers that depend on arguments differ if their conditions differ, or the answers on these.
   *
   * @param after the other profile
   * @param options the runtime and the ABIs to compare on
   */
  public diff(after: SeccompProfile, options: DiffOptions = {}): ProfileDifference[] {
    check(PROFILE, after, 'after');
    return diffDocuments(this._document, after._document, check(DIFF, options, 'options'));
  }

  private withRule(rule: SyscallRule): SeccompProfile {
    return new SeccompProfile(rule._toDocument().reduce(withRule, this._document));
  }

  /**
   * Returns the answer that a call gets on a node with this profile, and the reason.
   *
   * It follows the runtime, libseccomp and the kernel, not the order of the document; see the guide "How a profile is read". The answer is
   * undefined for rules that libseccomp may build differently.
   *
   * @param query the call, and the node and program that make it
   * @throws if the call or its arguments are invalid, or no node is given and the kinds of node that run such programs answer differently
   */
  public decide(query: SyscallQuery): Decision {
    check(QUERY, query, 'query');
    return decideQuery(this._filters, query, queriedNumber(query), queriedArguments(query.args));
  }

  /**
   * Tells whether threads start under the profile, and why: the cause of `can't start new thread`.
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

  /**
   * Returns the document as JSON text: fields in the order of the specification, two spaces, a newline at the end. Equal profiles give
   * equal bytes.
   */
  public toJson(): string {
    return printDocument(this._document);
  }

  /** SHA-256 of the JSON text, in hexadecimal. */
  public get digest(): string {
    return createHash('sha256').update(this.toJson()).digest('hex');
  }
}

/** Refuses a path or a document that JavaScript passed for a profile. */
export const PROFILE = instanceOf(SeccompProfile, 'a SeccompProfile such as SeccompProfile.fromFile(path) or SeccompProfile.fromJson(document)');
