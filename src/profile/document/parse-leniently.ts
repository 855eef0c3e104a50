import { closest } from 'fastest-levenshtein';
import { DocumentRule, FLAGS, ProfileDocument } from './document';
import { ARCHITECTURES, CONDITION_FIELDS, parseDocument, parseRule, PROFILE_FIELDS, RULE_FIELDS } from './parse';
import { FieldNames } from './parse-fields';
import { Edit } from '../../private/edit';
import { InputError, list } from '../../private/errors';
import { JsonNode, keysOf } from '../../private/json';

/** A fault of a text: a node ignores the value, refuses it, or reads it differently. */
export interface ReadingFault {
  /** Id of the rule that reports it. */
  readonly rule: 'docker-format' | 'unknown-field' | 'field-without-effect' | 'invalid-profile' | 'invalid-errno'
  | 'architecture-unknown-to-runtime' | 'flag-unsupported-by-runtime' | 'unreachable-rule';
  readonly path: string;
  readonly message: string;
  readonly fix?: string;
  readonly edits?: readonly Edit[];
}

/** Result of the lenient reader. */
export interface Reading {
  /** The part that a node reads; undefined if it is not a profile. */
  readonly document?: ProfileDocument;
  readonly faults: readonly ReadingFault[];
}

/** Keys that hold notes. No runtime reads them. */
const NOTES = /^(_|\$|\/\/|#|x-)|^(comments?|description|notes?|version|id|title|metadata)$/i;
/** Keys of Docker and containers-common that have a meaning there. A node ignores them. */
const DOCKER_KEYS = ['archMap', 'defaultErrno', 'name', 'includes', 'excludes', 'errno'];
/** Other names of architectures. */
const ALIASES: Readonly<Record<string, string>> = {
  native: 'SCMP_ARCH_X86_64',
  amd64: 'SCMP_ARCH_X86_64',
  x64: 'SCMP_ARCH_X86_64',
  i386: 'SCMP_ARCH_X86',
  i686: 'SCMP_ARCH_X86',
  arm64: 'SCMP_ARCH_AARCH64',
  armv7l: 'SCMP_ARCH_ARM',
  armhf: 'SCMP_ARCH_ARM',
  loong64: 'SCMP_ARCH_LOONGARCH64',
  ppc64el: 'SCMP_ARCH_PPC64LE',
  mips64le: 'SCMP_ARCH_MIPSEL64',
};
/** Stands for a rule that cannot be read, so that the others keep their index. */
const INERT: DocumentRule = { names: [], action: 'SCMP_ACT_ALLOW' };

/**
 * Reads a document as leniently as a node does, and notes each value that a node ignores or refuses: containerd and CRI-O read only the fields
 * that they know, and the runtime refuses values that it does not know.
 *
 * @see https://github.com/containerd/containerd/blob/v1.7.0/contrib/seccomp/seccomp.go (LoadProfile)
 */
export function readLeniently(root: JsonNode): Reading {
  const reader = new LenientReader();
  return { document: reader.profile(root), faults: reader.faults };
}

class LenientReader {
  public readonly faults: ReadingFault[] = [];

  public profile(root: JsonNode): ProfileDocument | undefined {
    const head = this.fields(root, PROFILE_FIELDS).map(([key, child]): readonly [string, JsonNode] =>
      key === 'architectures' ? [key, this.items(child, ARCHITECTURES, 'architecture-unknown-to-runtime', 'an architecture')]
        : key === 'flags' ? [key, this.items(child, FLAGS, 'flag-unsupported-by-runtime', 'a flag')] : [key, child]);
    const rules = head.find(([key]) => key === 'syscalls')?.[1];
    const members = head.filter(([key]) => key !== 'syscalls');
    const document = this.attempt(() => parseDocument(root.withChildren(this.withoutBadErrno(members, 'defaultErrnoRet'))));
    if (!document || !rules) return document;
    if (rules.kind !== 'array') return void this.report('invalid-profile', rules, `${rules.shown} is not a list, expected an array`);
    return { ...document, syscalls: rules.children.map(([, node]) => this.rule(node)) };
  }

  private rule(node: JsonNode): DocumentRule {
    const fields = this.fields(node, RULE_FIELDS).map(([key, child]): readonly [string, JsonNode] =>
      key === 'args' && child.kind === 'array'
        ? [key, child.withChildren(child.children.map(([at, each]) => [at, each.withChildren(this.fields(each, CONDITION_FIELDS))] as const))]
        : [key, child]);
    const names = fields.find(([key]) => key === 'names')?.[1];
    if (node.kind === 'object' && (names ? names.kind === 'array' && names.children.length === 0 : !node.children.some(([key]) => key === 'name'))) {
      this.report('unreachable-rule', node, 'the rule names no system call, so it has no effect', { fix: 'name the calls that the rule is for, or remove it' });
    }
    if (names?.kind !== 'array' || names.children.length === 0) {
      return names && names.kind !== 'array' ? this.attempt(() => parseRule(node.withChildren(fields))) ?? INERT : INERT;
    }
    return this.attempt(() => parseRule(node.withChildren(this.withoutBadErrno(fields, 'errnoRet')))) ?? INERT;
  }

  /** Returns the members that a node reads. Go ignores null, and reads field names in any case. */
  private fields(node: JsonNode, { required, optional }: FieldNames): (readonly [string, JsonNode])[] {
    const known = [...required, ...optional];
    const read: (readonly [string, JsonNode])[] = [];
    const keys = node.children.map(([key]) => String(key));
    for (const [key, child] of node.kind === 'object' ? node.children : []) {
      const name = known.find(each => each.toLowerCase() === String(key).toLowerCase());
      if (name) {
        if (child.kind !== 'null') read.push([name, child]);
      } else {
        this.unknown(String(key), child, known, keys);
      }
    }
    return read;
  }

  private unknown(key: string, child: JsonNode, known: readonly string[], keys: readonly string[]): void {
    const edits = [{ path: keysOf(child.path) }];
    if (DOCKER_KEYS.includes(key) && !isEmpty(child) && !isSaidTwice(key, child, keys)) {
      this.report('docker-format', child, `${key} belongs to the format of Docker and containers-common`);
    } else if (NOTES.test(key) || DOCKER_KEYS.includes(key)) {
      this.report('field-without-effect', child, `${key} has no effect: no runtime reads it`, { edits });
    } else {
      const near = closest(key, known.filter(name => !keys.includes(name)));
      this.report('unknown-field', child, `${key} is not a field of an OCI profile, so no node reads it; expected one of ${list(known)}`, {
        fix: `write ${near} if you mean that field, or remove it`,
      });
    }
  }

  private items(node: JsonNode, known: readonly string[], rule: ReadingFault['rule'], what: string): JsonNode {
    if (node.kind !== 'array') return node;
    return node.withChildren(node.children.filter(([, item]) => {
      if (item.kind !== 'string' || known.includes(item.scalar as string)) return true;
      const expected = ALIASES[String(item.scalar).replace(/^SCMP_ARCH_/, '').toLowerCase()] ?? closest(String(item.scalar), [...known]);
      this.report(rule, item, `${item.shown} is not ${what} of the OCI runtime-spec: every runtime refuses the profile`, {
        fix: `remove it, or write the intended name, such as ${expected}`, edits: [{ path: keysOf(item.path) }],
      });
      return false;
    }));
  }

  private withoutBadErrno(fields: readonly (readonly [string, JsonNode])[], key: string): (readonly [string, JsonNode])[] {
    return fields.filter(([name, child]) => {
      if (name !== key || (child.kind === 'number' && /^\d+$/.test(String(child.scalar)) && Number(child.scalar) < 2 ** 32)) return true;
      this.report('invalid-errno', child, `${child.shown} is not an errno: a node cannot read the profile, and no container starts`);
      return false;
    });
  }

  private attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.faults.push({ rule: 'invalid-profile', path: error.location.path ?? '', message: error.detail });
      return undefined;
    }
  }

  private report(rule: ReadingFault['rule'], { path }: JsonNode, message: string, rest: Pick<ReadingFault, 'fix' | 'edits'> = {}): void {
    this.faults.push({ rule, path, message, ...rest });
  }
}

/** True if the errno that a name stands for is set as a number too, or is the default. */
function isSaidTwice(key: string, { scalar }: JsonNode, keys: readonly string[]): boolean {
  if (key === 'errno') return keys.includes('errnoRet') || scalar === 'EPERM';
  return key === 'defaultErrno' && (keys.includes('defaultErrnoRet') || scalar === 'EPERM');
}

/** `""`, `null`, `[]`, `{}`, or an object of such. */
function isEmpty(node: JsonNode): boolean {
  if (node.kind === 'object' || node.kind === 'array') return node.children.every(([, child]) => isEmpty(child));
  return node.kind === 'null' || (node.kind === 'string' && node.scalar === '');
}
