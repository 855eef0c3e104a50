import { celText, containersIn, describeProfile, hasImage, hasServiceAccount, isUser, podSpecIn } from './cel';
import { SeccompRequirement } from './requirement';
import { podRules } from './rules';
import { globPattern } from '../../private/glob';

/** Images, service accounts and users that a policy does not apply to. */
export interface AdmissionExemptions {
  readonly images: readonly string[];
  readonly serviceAccounts: readonly string[];
  readonly users: readonly string[];
}

/** Number of containers that a message names: the API server drops a message longer than 5 KiB. */
const NAMED = 5;

/** The specification of a ValidatingAdmissionPolicy, without its failure policy. */
export function admissionSpec(requirement: SeccompRequirement, exemptions: AdmissionExemptions): object {
  const { podProfile, profiles, isAllowed, isExempt, expected } = requirement._expressions;
  const { images, serviceAccounts, users } = exemptions;
  const containers = containersIn('variables.podSpec');
  const isPodExempt = [
    ...users.length > 0 ? [isUser(users)] : [],
    ...serviceAccounts.length > 0 ? [hasServiceAccount(serviceAccounts)] : [],
    ...isExempt === undefined ? [] : [isExempt],
  ];
  const variables = {
    podSpec: podSpecIn('object'),
    oldPodSpec: podSpecIn('oldObject'),
    // An update of another field must not fail because of an old pod spec, or no controller could remove a finalizer.
    isUnchanged: 'request.operation == "UPDATE" && variables.podSpec == variables.oldPodSpec',
    ...isPodExempt.length > 0 && { isExempt: isPodExempt.map(each => `(${each})`).join(' || ') },
    containers: images.length > 0 ? `(${containers}).filter(c, !(${hasImage(images.map(globPattern))}))` : containers,
    podProfile,
    profiles,
    refused: `variables.profiles.filter(p, !(${isAllowed})).map(p, ${describeProfile()})`,
  };
  return {
    matchConstraints: { resourceRules: podRules(images.length > 0) },
    variables: Object.entries(variables).map(([name, expression]) => ({ name, expression })),
    validations: [{
      expression: ['variables.isUnchanged', ...isPodExempt.length > 0 ? ['variables.isExempt'] : [], 'variables.refused.size() == 0'].join(' || '),
      message: `a container has a seccomp profile that is not allowed, ${expectation(expected)}`,
      messageExpression: messageExpression(expected),
      reason: 'Forbidden',
    }],
  };
}

function messageExpression(expected: readonly string[]): string {
  const refused = 'variables.refused';
  const count = `${refused}.size()`;
  const many = `${refused}[0] + " and " + string(${count} - 1) + " more"`;
  return `(${count} > ${NAMED} ? ${many} : ${refused}.join(", ")) + ${celText(`, ${expectation(expected)}`)}`;
}

function expectation(expected: readonly string[]): string {
  return `expected ${expected.join(' or ')}: set securityContext.seccompProfile of the pod or the container`;
}
