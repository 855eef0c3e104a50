import { compactCopy } from './compact-copy';
import { profileJudge } from './profile-judge';
import { WholeDocument } from './profiles';
import { JudgeProfile, ManifestResource, readResource, ResourceName } from './resource';
import { ManifestNote, ManifestReport, ManifestRule } from './rule';
import { MANIFEST_RULES } from './rules';
import { RuntimeDefault } from './runtime-default';
import { ManifestSet } from './set';
import { formatPath } from './text';
import { LintFinding, LintSeverity } from '../lint/finding';
import { LintOptions } from '../lint/profile-linter';
import { RULES } from '../lint/rules';
import { InputError, list, show } from '../private/errors';

export interface ManifestCheckOptions extends LintOptions {
  /** Paths below the kubelet's seccomp directory that are on the nodes though no manifest says so; globs with `*`, `?` and `**`. */
  readonly assumedProfiles?: string[];
  /** Container engines of the nodes, such as `containerd@1.5.2`: it depends on them what RuntimeDefault is, and nothing is said about it without them. */
  readonly engines?: string[];
}

/** A place in a profile: its path, and where in the profile's text it stands. */
export type ProfilePlace = Pick<LintFinding, 'path' | 'line' | 'column' | 'length'>;

/** Where a value of a resource stands; a part of it, where that is a profile of which something was found. */
export type Locate = (keys: readonly string[], found?: ProfilePlace) => Pick<LintFinding, 'line' | 'column' | 'length'>;

/** A finding, and the resource that it is about. */
export interface ManifestFinding extends LintFinding {
  readonly resource: ResourceName;
  /** What the caller calls the file. */
  readonly file?: string;
  /** Path inside of the profile at `path`, where the finding is about one. */
  readonly profilePath?: string;
}

interface Origin {
  readonly resource: ResourceName;
  readonly controllerUid?: string;
  readonly file?: string;
}

interface PendingNote extends Origin {
  readonly path: string;
  readonly place: ReturnType<Locate>;
  readonly note: Omit<ManifestNote, 'keys'>;
}

interface PendingFinding {
  readonly finding: ManifestFinding;
  readonly controllerUid: string;
}

/**
 * Judges the manifests of a cluster, or of something to be put into one, one resource after the other.
 *
 * What depends on other resources is said at the end, and kept until then in a few words. What a controller of which the template is there
 * too has made, such as the pods of a Deployment in `kubectl get all`, is not judged besides.
 */
export class ManifestChecker {
  /** Resources with pod templates so far. */
  public workloads = 0;
  private readonly set: ManifestSet;
  private readonly judge: JudgeProfile;
  private readonly runtimeDefault: RuntimeDefault;
  private readonly rules: readonly ManifestRule[];
  private readonly severities: Readonly<Record<string, LintSeverity>>;
  /** For each rule what it has to conclude, as JSON: as objects it takes several times the memory. */
  private readonly pending = new Map<ManifestRule, string[]>();
  private readonly pendingFindings: PendingFinding[] = [];

  /**
   * @throws if a severity or a suppression names no rule, a suppression has no reason, an assumed profile is no glob, or an engine is none
   */
  public constructor(options: ManifestCheckOptions = {}) {
    const { severities = {}, suppressions = [], targets, assumedProfiles, engines } = options;
    for (const id of [...Object.keys(severities), ...suppressions.map(({ rule }) => rule)]) checkRule(id);
    const unreasoned = suppressions.find(({ reason }) => typeof reason !== 'string' || reason.trim() === '');
    if (unreasoned) throw new InputError(`suppression of ${unreasoned.rule} has no reason, expected why it does not matter here`);
    this.set = new ManifestSet({ assumedProfiles, architectures: targets?.nodes?.map(({ label }) => label) });
    this.severities = severities;
    const isOff = (id: string) => severities[id] === LintSeverity.OFF || suppressions.some(({ rule }) => rule === id);
    this.rules = MANIFEST_RULES.filter(({ id }) => !isOff(id));
    this.judge = profileJudge(options);
    this.runtimeDefault = new RuntimeDefault(engines, targets);
  }

  /** What can be said about a resource by itself. */
  public add(value: unknown, locate: Locate = () => ({}), file?: string, whole?: WholeDocument): ManifestFinding[] {
    const resource = readResource(value, this.judge, whole);
    this.set.add(resource);
    if (resource.pods.length > 0) this.workloads++;
    const { kind, name, namespace, controllerUid } = resource;
    const origin: Origin = compactCopy({ resource: { kind, name, namespace }, controllerUid, file });
    const findings: ManifestFinding[] = [];
    for (const rule of this.rules) {
      for (const report of rule.check?.(resource, this.runtimeDefault) ?? []) {
        const { keys, found } = report;
        findings.push(this.finding(rule, report, compactCopy(formatPath(keys)), locate(keys, found), origin));
      }
      this.note(rule, resource, locate, origin);
    }
    if (controllerUid === undefined) return findings;
    findings.forEach(finding => this.pendingFindings.push({ finding, controllerUid }));
    return [];
  }

  /** What is left to be said when there are no more resources. */
  public finish(): ManifestFinding[] {
    const late: { finding: ManifestFinding; controllerUid?: string }[] = [];
    for (const [rule, texts] of this.pending) {
      for (const text of texts) {
        const { path, place, note, ...origin } = JSON.parse(text) as PendingNote;
        const { controllerUid } = origin;
        for (const report of rule.conclude!(note, this.set)) late.push({ finding: this.finding(rule, report, path, place, origin), controllerUid });
      }
    }
    return [...this.pendingFindings, ...late].filter(({ controllerUid }) => !this.set.hasOwner(controllerUid)).map(({ finding }) => finding);
  }

  private note(rule: ManifestRule, resource: ManifestResource, locate: Locate, origin: Origin): void {
    for (const { keys, ...note } of rule.note?.(resource) ?? []) {
      const pending: PendingNote = { ...origin, note, path: formatPath(keys), place: locate(keys) };
      if (!this.pending.has(rule)) this.pending.set(rule, []);
      this.pending.get(rule)!.push(JSON.stringify(pending));
    }
  }

  private finding(
    rule: ManifestRule, report: Omit<ManifestReport, 'keys'>, path: string, place: ReturnType<Locate>, { resource, file }: Origin,
  ): ManifestFinding {
    const { fix = rule.fix, severity = rule.severity } = report;
    const found = report.found && compactCopy(report.found);
    const message = compactCopy(report.message);
    const about = { path, ...place, resource, file, message, fixable: false };
    if (found) {
      const own = this.severities[found.rule] ?? this.severities[rule.id] ?? found.severity;
      return { ...about, rule: found.rule, severity: own, profilePath: found.path, why: found.why, fix: found.fix };
    }
    return { ...about, rule: rule.id, severity: this.severities[rule.id] ?? severity, why: rule.why, fix };
  }
}

function checkRule(id: string): void {
  const known = [...RULES, ...MANIFEST_RULES].map(rule => rule.id);
  if (!known.includes(id)) throw new InputError(`${show(id)} is not a rule, expected one of ${list(known)}`);
}
