import { ManifestProfile, readProfile } from './profiles';
import { JudgeProfile } from './resource';
import { LintFinding, LintSeverity } from '../lint/finding';
import { LintOptions, ProfileLinter } from '../lint/profile-linter';
import { RULES } from '../lint/rules';
import { invalidProfile } from '../lint/rules/invalid-profile';
import { InputError } from '../private/errors';
import { nodeOfKey } from '../private/installed-names';
import { NodeArchitecture } from '../profile/document/node-architecture';

/** Returns a judge that lints profiles in manifests, with the options that concern lint. */
export function profileJudge({ targets, severities = {}, suppressions = [] }: LintOptions): JudgeProfile {
  const isOfLint = (id: string) => RULES.some(rule => rule.id === id);
  const options = {
    severities: Object.fromEntries(Object.entries(severities).filter(([id]) => isOfLint(id))),
    suppressions: suppressions.filter(({ rule }) => isOfLint(rule)),
  };
  const isOff = (id: string) => severities[id] === LintSeverity.OFF || suppressions.some(({ rule }) => rule === id);
  const linters = new Map<NodeArchitecture | undefined, ProfileLinter>();
  return profile => {
    const node = targets?.nodes && distributedNodeOf(profile);
    const linter = linters.get(node) ?? new ProfileLinter({ ...options, targets: node ? { ...targets, nodes: [node] } : targets });
    linters.set(node, linter);
    try {
      return linter._lintNode(readProfile(profile), profile.isPartial);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return isOff(invalidProfile.id) ? [] : [notJson(error)];
    }
  };
}

/** Returns the kind of node that a document of a SeccompProfileDaemonSet is for: it does not have to serve the others. */
function distributedNodeOf({ keys }: ManifestProfile): NodeArchitecture | undefined {
  const label = nodeOfKey(keys[keys.length - 1] ?? '');
  return NodeArchitecture.all().find(node => node.label === label);
}

function notJson({ detail, location: { line, column, path = '' } }: InputError): LintFinding {
  const { id, severity, why, fix } = invalidProfile;
  return { rule: id, severity, message: detail, why, fix, path, fixable: false, line, column };
}
