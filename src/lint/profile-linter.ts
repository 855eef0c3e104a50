import { applyEdits } from './apply-edits';
import { LintFinding, LintSeverity } from './finding';
import { Fleet, fleetOf } from './fleet';
import { LintContext } from './lint-context';
import { LINT_OPTIONS } from './options-shape';
import { LintRule, Report } from './rule';
import { RULES } from './rules';
import { LintTargets } from './targets';
import { check, TEXT } from '../private/arguments';
import { InputError, list, show } from '../private/errors';
import { JsonNode, keysOf, readJson } from '../private/json';
import { readLeniently } from '../profile/document/parse-leniently';
import { PROFILE, SeccompProfile } from '../profile/seccomp-profile';

/**
 * Switches a rule off, with a reason.
 */
export interface LintSuppression {
  /** Id of the rule, such as `missing-compat-abi`. */
  readonly rule: string;

  /** Reason why the rule does not matter here. */
  readonly reason: string;
}

/**
 * Options of `ProfileLinter`.
 */
export interface LintOptions {
  /**
   * Nodes and images that the profile has to serve.
   *
   * @default - the range that MindIE Motor supports, see `LintTargets`
   */
  readonly targets?: LintTargets;

  /**
   * Severities by rule id, in place of the rules' own.
   *
   * @default - the rules' own
   */
  readonly severities?: { [rule: string]: LintSeverity };

  /**
   * Rules that do not run, each with a reason.
   *
   * @default - every rule runs
   */
  readonly suppressions?: LintSuppression[];
}

/**
 * Finds problems in profiles, judged by their effect on nodes.
 */
export class ProfileLinter {
  private readonly fleet: Fleet;
  private readonly rules: readonly (readonly [LintRule, LintSeverity])[];
  private readonly severities: Readonly<Record<string, LintSeverity>>;

  /**
   * @param options nodes and images to judge for, severities, and suppressions
   * @throws if a severity or a suppression names no rule, or a suppression has no reason
   */
  public constructor(options: LintOptions = {}) {
    const { targets = {}, severities = {}, suppressions = [] } = check(LINT_OPTIONS, options, '');
    this.fleet = fleetOf(targets);
    this.severities = severities;
    for (const id of [...Object.keys(severities), ...suppressions.map(({ rule }) => rule)]) checkRule(id);
    for (const { rule, reason } of suppressions) {
      if (reason.trim() === '') throw new InputError(`suppression of ${rule} has no reason, expected one that says why the rule does not matter here`);
    }
    this.rules = RULES
      .filter(({ id }) => !suppressions.some(({ rule }) => rule === id))
      .map(rule => [rule, severities[rule.id] ?? rule.severity] as const)
      .filter(([, severity]) => severity !== LintSeverity.OFF);
  }

  /**
   * Lints a profile. The findings are in the order of the document.
   *
   * @param profile the profile; `lintText` also gives the line and column of each finding
   */
  public lint(profile: SeccompProfile): LintFinding[] {
    return this.findings(new LintContext(check(PROFILE, profile, 'profile'), this.fleet)).map(toFinding);
  }

  /**
   * Lints the text of a profile as a node reads it: fields that a runtime ignores or refuses are findings too. Findings carry line and column.
   *
   * @param text JSON text of a profile
   * @throws if it is not JSON
   */
  public lintText(text: string): LintFinding[] {
    return this._lintNode(readJson(check(TEXT, text, 'text')));
  }

  /**
   * Returns the text with every mechanical fix, which repairs what does not load or does not work as intended. The fixed profile denies nothing
   * more, except calls that bypassed a condition with the upper half of a register. The rest of the text stays as it is.
   *
   * @param text JSON text of a profile
   * @throws if it is not JSON
   */
  public fix(text: string): string {
    let fixed = check(TEXT, text, 'text');
    // A fix can make another one possible or unnecessary.
    for (let made = 0; made < MAX_FIXES; made++) {
      const before = fixed;
      const next = this.reports(readJson(before)).find(({ edits }) => edits && applyEdits(before, edits) !== before);
      if (!next) break;
      fixed = applyEdits(before, next.edits!);
    }
    return fixed;
  }

  /**
   * @param isPartial true if an operator adds rules to the profile: rules that miss something do not run
   * @internal
   */
  public _lintNode(root: JsonNode, isPartial: boolean = false): LintFinding[] {
    return this.reports(root, isPartial).map(report => ({ ...toFinding(report), ...nodeIgnoringCase(root, report.path).range }));
  }

  private reports(root: JsonNode, isPartial: boolean = false): Judged[] {
    const { document, faults } = readLeniently(root);
    const isDocker = faults.some(({ rule }) => rule === 'docker-format');
    const context = new LintContext(SeccompProfile._of(document ?? NOTHING), this.fleet, faults);
    // If the document cannot be read, or has to be expanded first, only rules with faults of the reader run.
    const runs = ({ id, needsWholeProfile = false }: LintRule) =>
      !(isPartial && needsWholeProfile) && ((document && !isDocker) || faults.some(({ rule }) => rule === id));
    return this.findings(context, this.rules.filter(([rule]) => runs(rule)));
  }

  private findings(context: LintContext, rules = this.rules): Judged[] {
    const reports = rules.flatMap(([rule, severity]) => [...rule.check(context)].map((report): Judged => (
      { ...report, rule, severity: this.severities[rule.id] ?? report.severity ?? severity })));
    return reports.map((report, at) => ({ report, at }))
      .sort((one, other) => comparePaths(one.report.path, other.report.path) || one.at - other.at).map(({ report }) => report);
  }
}

interface Judged extends Report {
  readonly rule: LintRule;
  readonly severity: LintSeverity;
}

const MAX_FIXES = 1000;
const NOTHING = { defaultAction: 'SCMP_ACT_ALLOW' };

function toFinding({ rule, severity, message, path, fix, edits }: Judged): LintFinding {
  return { rule: rule.id, severity, message, path, why: rule.why, fix: fix ?? rule.fix, fixable: edits !== undefined };
}

function checkRule(id: string): void {
  if (!RULES.some(rule => rule.id === id)) throw new InputError(`${show(id)} is not a rule, expected one of ${list(RULES.map(rule => rule.id))}`);
}

/** Returns the value at a path, with field names in any case, as a node reads them; the whole document if the path has no value. */
function nodeIgnoringCase(root: JsonNode, path: string): JsonNode {
  const isSameKey = (one: string | number, other: string | number) => String(one).toLowerCase() === String(other).toLowerCase();
  return keysOf(path).reduce<JsonNode | undefined>((node, key) => node?.children.find(([each]) => isSameKey(each, key))?.[1], root) ?? root;
}

const FIELDS = ['', 'defaultAction', 'defaultErrnoRet', 'architectures', 'flags', 'listenerPath', 'listenerMetadata', 'syscalls'];

/** Orders paths by the field order of the specification, and by index. */
function comparePaths(one: string, other: string): number {
  const rank = (path: string) => [FIELDS.indexOf(/^\w*/.exec(path)![0]), ...[...path.matchAll(/\d+/g)].map(Number)];
  const [left, right] = [rank(one), rank(other)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? left.length - right.length : left[at] - (right[at] ?? -1);
}
