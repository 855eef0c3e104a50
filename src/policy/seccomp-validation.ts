import { profilesIn } from './manifest-profiles';
import { LintFinding, LintSeverity } from '../lint/finding';
import { LintOptions, ProfileLinter } from '../lint/profile-linter';
import { invalidProfile } from '../lint/rules/invalid-profile';
import { groupBy } from '../lint/words';
import { InputError, list, show } from '../private/errors';
import { readJson } from '../private/json';

/** What cdk8s-cli hands to a validation, as far as it is used here; a dependency on the command would come with all of it. */
interface ValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
    }): void;
    submit(status: 'success' | 'failure'): void;
  };
  parseManifest(path: string): any[];
}

/**
 * Judges every seccomp profile in the manifests that `cdk8s synth` has written: documents in ConfigMaps and SeccompProfile resources of the
 * Security Profiles Operator. An error fails the command with exit code 2; warnings are in the report.
 *
 * In `cdk8s.yaml`:
 *
 *     validations:
 *       - package: cdk8s-seccomp
 *         version: 0.0.0
 *         class: SeccompValidation
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class SeccompValidation {
  private readonly linter: ProfileLinter;
  private readonly warns: boolean;

  /**
   * @param props `properties` of cdk8s.yaml: `severities` and `suppressions` as in `lint.LintOptions`, and `warnings`: false leaves them out of
   * the report
   * @throws if one of them names no rule
   */
  public constructor(props: any = {}) {
    const { warnings = true, ...options } = checkProperties(props ?? {});
    this.warns = warnings;
    this.linter = new ProfileLinter(options);
  }

  /**
   * Called by cdk8s-cli.
   *
   * @param context its `ValidationContext`
   */
  public async validate(context: any): Promise<void> {
    const { manifests, report } = context as ValidationContext;
    const profiles = manifests.flatMap(manifestPath =>
      (context as ValidationContext).parseManifest(manifestPath).flatMap(profilesIn).map(profile => ({ ...profile, manifestPath })));
    const found = profiles.flatMap(({ text, isPart, ...where }) => this.findings(text, isPart).map((finding): Found => ({ ...where, finding })));
    for (const group of groupBy(found, ({ finding: { rule, path } }) => `${rule} ${path}`)) {
      const [{ finding: { rule, severity, message, fix } }] = group;
      if (severity === LintSeverity.INFO || (severity === LintSeverity.WARNING && !this.warns)) continue;
      const resources = groupBy(group, ({ manifestPath, resourceName }) => `${manifestPath} ${resourceName}`);
      report.addViolation({
        ruleName: rule,
        recommendation: `${severity}: ${message}`,
        fix,
        violatingResources: resources.map(([first, ...others]) => ({
          resourceName: first.resourceName,
          manifestPath: first.manifestPath,
          locations: [first, ...others].map(({ location, finding: { path } }) => path ? `${location} at ${path}` : location),
        })),
      });
    }
    report.submit(found.some(({ finding }) => finding.severity === LintSeverity.ERROR) ? 'failure' : 'success');
  }

  private findings(text: string, isPart: boolean): LintFinding[] {
    try {
      return this.linter._lintNode(readJson(text), isPart);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { id, severity, why, fix } = invalidProfile;
      return [{ rule: id, severity, message: error.message, why, fix, path: '', fixable: false }];
    }
  }
}

interface Found {
  readonly finding: LintFinding;
  readonly resourceName: string;
  readonly location: string;
  readonly manifestPath: string;
}

interface Properties extends LintOptions {
  readonly warnings?: boolean;
}

function checkProperties(props: Properties): Properties {
  const known = ['severities', 'suppressions', 'warnings'];
  const unknown = Object.keys(props).find(key => !known.includes(key));
  if (unknown) throw new InputError(`property ${unknown} of SeccompValidation is unknown, expected one of ${list(known)}`);
  if (props.warnings !== undefined && typeof props.warnings !== 'boolean') {
    throw new InputError(`property warnings of SeccompValidation is ${show(props.warnings)}, expected true or false`);
  }
  return props;
}
