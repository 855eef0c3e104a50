import { LintSeverity } from '../lint/finding';
import { RULE_OPTIONS } from '../lint/options-shape';
import { ManifestCheckOptions, ManifestChecker, ManifestFinding } from '../manifests/checker';
import { itemsOf, formatResource } from '../manifests/resource';
import { check, OBJECT, structOf } from '../private/arguments';
import { InputError, list, show } from '../private/errors';
import { groupBy } from '../private/text';

/** The part of cdk8s-cli's validation context that is used here. A dependency on cdk8s-cli would install the whole command. */
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
 * Checks all manifests that `cdk8s synth` has written, with the rules of `cdk8s-seccomp check`: the modes of pods, whether the profiles that they name
 * reach their nodes, whether their namespaces admit them, and the profiles themselves. An error fails the command with exit code 2; warnings are in
 * the report.
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
  private readonly options: ManifestCheckOptions;
  private readonly warns: boolean;

  /**
   * @param props `properties` of cdk8s.yaml: `severities` and `suppressions` as in `LintOptions`; `assumedProfiles`, a list of paths or globs of
   * profiles that are on the nodes already; `engines`, a list of the container engines of the nodes such as `containerd@1.5.2`; `warnings`: false leaves warnings out of the report
   * @throws if a property is unknown, or its value is wrong, such as an unknown rule or container engine
   */
  public constructor(props: any = {}) {
    const { warnings = true, ...options } = checkProperties(props ?? {});
    this.warns = warnings;
    this.options = options;
    new ManifestChecker(options);
  }

  /**
   * Called by cdk8s-cli.
   *
   * @param context its `ValidationContext`
   */
  public async validate(context: any): Promise<void> {
    const { manifests, report } = context as ValidationContext;
    const checker = new ManifestChecker(this.options);
    const early = manifests.flatMap(path => (context as ValidationContext).parseManifest(path).flatMap(document => itemsOf(document))
      .flatMap(({ value }) => checker.add(value, undefined, path)));
    const found = [...early, ...checker.finish()];
    for (const group of groupBy(found, ({ rule, path, profilePath, message }) => JSON.stringify([rule, profilePath ?? message, profilePath === undefined ? path : '']))) {
      const [{ rule, severity, message, fix }] = group;
      if (severity === LintSeverity.INFO || (severity === LintSeverity.WARNING && !this.warns)) continue;
      const resources = groupBy(group, ({ file, resource }) => `${file} ${formatResource(resource)}`);
      report.addViolation({
        ruleName: rule,
        recommendation: `${severity}: ${message}`,
        fix,
        violatingResources: resources.map(findings => ({
          resourceName: findings[0].resource.name,
          manifestPath: findings[0].file!,
          locations: findings.map(locationOf),
        })),
      });
    }
    report.submit(found.some(({ severity }) => severity === LintSeverity.ERROR) ? 'failure' : 'success');
  }
}

function locationOf({ path, profilePath }: ManifestFinding): string {
  return profilePath ? `${path} at ${profilePath}` : path;
}

interface Properties extends ManifestCheckOptions {
  readonly warnings?: boolean;
}

function checkProperties(props: Properties): Properties {
  check(OBJECT, props, 'properties of SeccompValidation');
  const known = ['assumedProfiles', 'engines', 'severities', 'suppressions', 'warnings'];
  const unknown = Object.keys(props).find(key => !known.includes(key));
  if (unknown) throw new InputError(`property ${unknown} of SeccompValidation is unknown, expected one of ${list(known)}`);
  if (props.warnings !== undefined && typeof props.warnings !== 'boolean') {
    throw new InputError(`property warnings of SeccompValidation is ${show(props.warnings)}, expected true or false`);
  }
  check(structOf(RULE_OPTIONS), props, '');
  checkTexts('assumedProfiles', props.assumedProfiles, 'paths such as profiles/my-app.json');
  checkTexts('engines', props.engines, 'container engines such as containerd@1.5.2');
  return props;
}

function checkTexts(name: string, value: unknown = [], expected: string): void {
  if (Array.isArray(value) && value.every(each => typeof each === 'string')) return;
  throw new InputError(`property ${name} of SeccompValidation is ${show(value)}, expected a list of ${expected}`);
}
