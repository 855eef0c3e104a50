import { capability, DEFAULT_CAPABILITIES } from './capabilities';
import { applies, checkKernelVersion, Circumstances } from './docker-conditions';
import { DocumentRule, ProfileDocument } from './document';
import { NodeArchitecture } from './node-architecture';
import { architecture, PROFILE_FIELDS, readName, readNames, readProfile, readRule, RULE_FIELDS } from './parse';
import { each, FieldNames, Fields, members, optional, readString } from './parse-fields';
import { JsonNode } from '../../private/json';
import { errnoOn, genericErrno } from '../../syscalls/errnos';

/**
 * Container for which a document in Docker's format is expanded: its rules can depend on all these values.
 */
export interface DockerFormatOptions {
  /** Kind of node. */
  readonly node: NodeArchitecture;

  /**
   * Capabilities of the container (its bounding set), such as `SYS_ADMIN` or `CAP_SYS_ADMIN`. They replace the default.
   *
   * @default - the 14 of Docker and containerd: AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, NET_RAW,
   * SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT
   */
  readonly capabilities?: string[];

  /**
   * Release of the node's kernel, as `uname -r` prints it. Only its first two numbers count.
   *
   * @default "5.10"
   */
  readonly kernelVersion?: string;
}

const DOCKER_PROFILE_FIELDS: FieldNames = { ...PROFILE_FIELDS, optional: [...PROFILE_FIELDS.optional, 'archMap', 'defaultErrno'] };
const DOCKER_RULE_FIELDS: FieldNames = {
  required: ['action'],
  optional: ['names', 'name', ...RULE_FIELDS.optional, 'errno', 'comment', 'includes', 'excludes'],
};

/**
 * Returns the OCI document that an engine makes of a document in its own format.
 *
 * Where Docker and containers-common differ, each field is read as by the project that defines it.
 *
 * @see https://pkg.go.dev/github.com/moby/profiles/seccomp@v0.3.0
 * @see https://pkg.go.dev/go.podman.io/common@v0.66.0/pkg/seccomp
 */
export function expandDockerFormat(document: JsonNode, options: DockerFormatOptions): ProfileDocument {
  const circumstances: Circumstances = {
    node: options.node,
    capabilities: options.capabilities?.map(capability) ?? DEFAULT_CAPABILITIES,
    kernel: checkKernelVersion(options.kernelVersion ?? '5.10'),
  };
  const fields = withoutNullLists(members(document, 'Docker profile', DOCKER_PROFILE_FIELDS), ['syscalls']);
  const profile = readProfile(fields, rules => each(rule(circumstances))(rules).flat());
  return {
    ...profile,
    ...expandArchitectures(fields, profile, options.node),
    ...readErrno(fields.defaultErrno, profile.defaultErrnoRet, 'defaultErrnoRet', options.node),
  };
}

function expandArchitectures({ archMap }: Fields, { architectures = [] }: ProfileDocument, node: NodeArchitecture): Pick<ProfileDocument, 'architectures'> {
  const entries = optional(archMap, each(archMapEntry)) ?? [];
  if (entries.length > 0 && architectures.length > 0) throw archMap!.error('is set together with architectures, expected only one of them: an engine refuses both');
  const twice = entries.find(({ name }, index) => entries.findIndex(other => other.name === name) < index);
  if (twice) throw twice.node.error(`${twice.node.shown} appears twice, expected once: an engine would use only the first`);
  // Without an entry for the node an engine passes no list, and the runtime filters only the native architecture.
  const own = entries.find(({ name }) => name === node.architectures[0].value);
  return own ? { architectures: [own.name, ...own.others] } : {};
}

function archMapEntry(node: JsonNode): { node: JsonNode; name: string; others: string[] } {
  const fields = withoutNullLists(members(node, 'Docker archMap entry', { required: ['architecture'], optional: ['subArchitectures'] }), ['subArchitectures']);
  return {
    node: fields.architecture!,
    name: architecture(fields.architecture!),
    others: optional(fields.subArchitectures, each(architecture)) ?? [],
  };
}

/** Reads every rule completely, also rules for other containers, so that a mistake is found on every node. */
function rule(circumstances: Circumstances): (node: JsonNode) => DocumentRule[] {
  return node => {
    const fields = withoutNullLists(members(node, 'Docker syscall rule', DOCKER_RULE_FIELDS), ['names', 'args']);
    optional(fields.comment, readString);
    const read = readRule(fields, namesOf(node, fields));
    const expanded = { ...read, ...readErrno(fields.errno, read.errnoRet, 'errnoRet', circumstances.node) };
    return applies(fields, circumstances) ? [expanded] : [];
  };
}

function namesOf(node: JsonNode, { name, names }: Fields): string[] {
  if (name && names) throw name.error('is set together with names, expected only one of them: an engine refuses both');
  if (!name && !names) throw node.error('names is missing, expected in every Docker syscall rule');
  return name ? [readName(name)] : readNames(names!);
}

/**
 * Returns the errno of a name. It wins over the number in the same rule, which containers-common keeps for older readers: on MIPS the two may
 * differ.
 */
function readErrno<K extends string>(
  node: JsonNode | undefined, number: number | undefined, key: K, { label }: NodeArchitecture,
): { [P in K]?: number } {
  if (!node) return {};
  const name = readString(node);
  const isNumber = /^\d+$/.test(name);
  const errno = isNumber && Number(name) <= 0xffff_ffff ? Number(name) : errnoOn(label, name);
  if (errno === undefined) throw node.error(`${node.shown} is not an errno on ${label}, expected a name such as "EPERM" or a number`);
  if (number !== undefined && number !== errno && (isNumber || number !== genericErrno(name))) {
    throw node.error(`${node.shown} is ${errno} and ${key} is ${number}, expected the same: Docker reads only the number, containers-common prefers the name`);
  }
  return { [key]: errno } as { [P in K]?: number };
}

/** Leaves out lists that are null: Go prints an absent list so, and the projects' own default profiles contain such lists. */
function withoutNullLists(fields: Fields, lists: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key, node]) => !(lists.includes(key) && node?.kind === 'null')));
}
