import { App, Chart, Testing } from 'cdk8s';
import { PodSecurityLevel } from '../../../src/manifests/pod-security/level';
import { AllowedProfile } from '../../../src/policy/admission/allowed-profile';
import { AdmissionAction, AdmissionApiVersion, AdmissionFailurePolicy } from '../../../src/policy/admission/enums';
import { AdmissionNamespaces } from '../../../src/policy/admission/namespaces';
import { SeccompRequirement } from '../../../src/policy/admission/requirement';
import { SeccompAdmissionPolicy, SeccompAdmissionPolicyProps } from '../../../src/policy/admission/seccomp-admission-policy';
import { synthesize, theOnly } from '../../synthesize';

const { oneOf } = SeccompRequirement;
const requirement = oneOf(AllowedProfile.RUNTIME_DEFAULT);

function manifests(options: Partial<SeccompAdmissionPolicyProps> = {}): any[] {
  const chart = new Chart(new App(), 'test', { namespace: 'app' });
  new SeccompAdmissionPolicy(chart, 'Policy', { requirement, namespaces: AdmissionNamespaces.ALL, ...options });
  return options.apiVersion === AdmissionApiVersion.V1BETA1 ? Testing.synth(chart) : synthesize(chart);
}

test('renders a policy and its binding', () => {
  expect(manifests({
    requirement: oneOf(AllowedProfile.RUNTIME_DEFAULT, AllowedProfile.localhostPath('profiles/app-*.json')),
    namespaces: AdmissionNamespaces.labeled({ team: 'inference' }),
    exemptNamespaces: ['kube-system'],
    exemptImages: ['registry.example.com/agents/**'],
    exemptServiceAccounts: ['app/agent'],
    exemptUsers: ['admin'],
    labels: { owner: 'platform' },
    annotations: { 'example.com/ticket': '1' },
  })).toMatchSnapshot();
});

test('renders the least that a policy can be', () => {
  const policy = theOnly(manifests(), 'ValidatingAdmissionPolicy');
  expect(policy.spec.matchConstraints.resourceRules[0]).toMatchObject({ resources: ['pods'], operations: ['CREATE'] });
  expect(theOnly(manifests(), 'ValidatingAdmissionPolicyBinding')).toStrictEqual({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: expect.stringMatching(/^test-policy-binding-/) },
    spec: { policyName: policy.metadata.name, validationActions: ['Deny'] },
  });
});

test('renders other actions, another failure policy, another version and another name', () => {
  const [policy, binding] = manifests({
    actions: [AdmissionAction.WARN, AdmissionAction.AUDIT],
    failurePolicy: AdmissionFailurePolicy.IGNORE,
    apiVersion: AdmissionApiVersion.V1BETA1,
    name: 'seccomp',
  });
  expect([policy, binding]).toMatchObject([
    { apiVersion: 'admissionregistration.k8s.io/v1beta1', metadata: { name: 'seccomp' }, spec: { failurePolicy: 'Ignore' } },
    { apiVersion: 'admissionregistration.k8s.io/v1beta1', metadata: { name: 'seccomp' }, spec: { policyName: 'seccomp', validationActions: ['Warn', 'Audit'] } },
  ]);
});

test('reads the path of a profile at synth', () => {
  const profile = { localhostProfile: 'profiles/early.json' };
  const chart = Testing.chart();
  new SeccompAdmissionPolicy(chart, 'Policy', { requirement: oneOf(AllowedProfile.localhost(profile)), namespaces: AdmissionNamespaces.ALL });
  profile.localhostProfile = 'profiles/late.json';
  const text = JSON.stringify(synthesize(chart));
  expect([text.includes('Localhost profiles/late.json'), text.includes('early')]).toStrictEqual([true, false]);
});

test('does not change with lists that are changed later', () => {
  const exemptUsers = ['admin'];
  const chart = Testing.chart();
  new SeccompAdmissionPolicy(chart, 'Policy', { requirement, namespaces: AdmissionNamespaces.ALL, exemptUsers });
  exemptUsers.push('alice');
  expect(JSON.stringify(synthesize(chart))).not.toContain('alice');
});

test.each<[string, () => unknown, string]>([
  ['no profile', () => oneOf(), 'no profile is given, expected at least one such as AllowedProfile.RUNTIME_DEFAULT'],
  ['a level that requires nothing', () => SeccompRequirement.podSecurity(PodSecurityLevel.PRIVILEGED),
    'level "privileged" requires nothing, expected "baseline" or "restricted"'],
  ['a path that no pod can have', () => AllowedProfile.localhostPath('/profiles/*'),
    'localhost profile path "/profiles/x.json" is absolute, expected a path below the kubelet\'s seccomp directory such as "profiles/my-app.json"'],
  ['** in a segment', () => AllowedProfile.localhostPath('profiles/a**'),
    'localhost profile path "profiles/a**" has ** in a longer segment, expected * and ? within a segment, or ** as a whole segment'],
  ['other wildcards', () => AllowedProfile.localhostPath('profiles/*/[ab].json'),
    'localhost profile path "profiles/*/[ab].json" has a wildcard that is not supported, expected * and ? within a segment, or ** as a whole segment'],
  ['an image that cannot be', () => manifests({ exemptImages: ['my image'] }),
    'image "my image" matches no image, expected one such as "registry.example.com/team/**" or "agent:1.2.3"'],
  ['no namespace', () => AdmissionNamespaces.named(), 'no namespace is named, expected at least one, or AdmissionNamespaces.ALL'],
  ['no label', () => AdmissionNamespaces.labeled({}), 'no label is given, expected at least one, or AdmissionNamespaces.ALL'],
  ['a namespace that cannot be', () => manifests({ exemptNamespaces: ['kube-*'] }),
    '"kube-*" is not a namespace name, expected at most 63 lower case letters, digits and "-"'],
  ['half a service account', () => manifests({ exemptServiceAccounts: ['agent'] }),
    'exemptServiceAccounts "agent" is not a service account, expected namespace/name such as "kube-system/agent"'],
  ['a user without a name', () => manifests({ exemptUsers: [''] }), 'exemptUsers has an empty name, expected a name such as "system:serviceaccount:ci:deployer"'],
  ['no action', () => manifests({ actions: [] }), 'actions is empty, expected Deny or Warn, with or without Audit'],
  ['an action twice', () => manifests({ actions: [AdmissionAction.AUDIT, AdmissionAction.AUDIT] }),
    'actions has duplicates: Audit, Audit, expected Deny or Warn, with or without Audit'],
  ['Deny and Warn', () => manifests({ actions: [AdmissionAction.DENY, AdmissionAction.WARN] }),
    'actions has both Deny and Warn, which the API server refuses, expected Deny or Warn, with or without Audit'],
  ['a name that cannot be', () => manifests({ name: 'Seccomp' }),
    'name "Seccomp" is not a policy name, expected at most 253 lower case letters, digits, "-" and "."'],
])('fails on %s', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});
