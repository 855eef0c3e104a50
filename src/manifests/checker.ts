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
  /** Paths below the kubelet's seccomp directory that are on the nodes although no manifest puts them there; globs with `*`, `?` and `**`. */
  readonly assumedProfiles?: string[];
  /** Container engines of the nodes, such as `containerd@1.5.2`; they define RuntimeDefault. Without them RuntimeDefault is not judged. */
  readonly engines?: string[];
}

/** A place in a profile: its path, and its position in the profile's text. */
export type ProfilePlace = Pick<LintFinding, 'path' | 'line' | 'column' | 'length'>;

/** Returns the position of a value of a resource; for a finding in a profile, the position of the part that the finding is about. */
export type Locate = (keys: readonly string[], found?: ProfilePlace) => Pick<LintFinding, 'line' | 'column' | 'length'>;

/** A finding with the resource that it is about. */
export interface ManifestFinding extends LintFinding {
  readonly resource: ResourceName;
  /** Name of the file, as the caller gave it. */
  readonly file?: string;
  /** Path inside the profile at `path`, if the finding is about a profile. */
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
 * Judges the manifests of a cluster, or of an app, one resource after the other.
 *
 * Findings that depend on other resources come at the end; until then short notes about them are kept. Resources that a controller made, such as
 * the pods of a Deployment in `kubectl get all`, are not judged if the controller is in the set: its template is.
 */
export class ManifestChecker {
  /** Number of resources with pod templates so far. */
  public workloads = 0;
  private readonly set: ManifestSet;
  private readonly judge: JudgeProfile;
  private readonly runtimeDefault: RuntimeDefault;
  private readonly rules: readonly ManifestRule[];
  private readonly severities: Readonly<Record<string, LintSeverity>>;
  /** Notes of each rule, as JSON: objects would take several times the memory. */
  private readonly pending = new Map<ManifestRule, string[]>();
  private readonly pendingFindings: PendingFinding[] = [];

  /**
   * @throws if a severity or a suppression names an unknown rule, a suppression has no reason, an assumed profile is not a glob, or an engine is
   * unknown
   */
  public constructor(options: ManifestCheckOptions = {}) {
    const { severities = {}, suppressions = [], targets, assumedProfiles, engines } = options;
    for (const id of [...Object.keys(severities), ...suppressions.map(({ rule }) => rule)]) checkRule(id);
    const unreasoned = suppressions.find(({ reason }) => typeof reason !== 'string' || reason.trim() === '');
    if (unreasoned) throw new InputError(`suppression of ${unreasoned.rule} has no reason, expected one that says why the rule does not matter here`);
    this.set = new ManifestSet({ assumedProfiles, architectures: targets?.nodes?.map(({ label }) => label) });
    this.severities = severities;
    const isOff = (id: string) => severities[id] === LintSeverity.OFF || suppressions.some(({ rule }) => rule === id);
    this.rules = MANIFEST_RULES.filter(({ id }) => !isOff(id));
    this.judge = profileJudge(options);
    this.runtimeDefault = new RuntimeDefault(engines, targets);
  }

  /** Returns the findings about a resource that depend on no other resource. */
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

  /** Returns the remaining findings, after the last resource. */
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
