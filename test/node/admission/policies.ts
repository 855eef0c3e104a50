import { Testing } from 'cdk8s';
import { LabelExpression } from 'cdk8s-plus-28';
import { Applied, Rule } from './expectation';
import { AllowedProfile } from '../../../src/policy/admission/allowed-profile';
import { AdmissionNamespaces } from '../../../src/policy/admission/namespaces';
import { SeccompRequirement } from '../../../src/policy/admission/requirement';
import { SeccompAdmissionPolicy, SeccompAdmissionPolicyProps } from '../../../src/policy/admission/seccomp-admission-policy';

export type Options = Partial<SeccompAdmissionPolicyProps> & Pick<SeccompAdmissionPolicyProps, 'requirement'>;

/** The manifests of a policy, for all namespaces if nothing is said. */
export function policy(options: Options): any[] {
  const chart = Testing.chart();
  new SeccompAdmissionPolicy(chart, 'Policy', { namespaces: AdmissionNamespaces.ALL, ...options });
  return Testing.synth(chart);
}

const { RUNTIME_DEFAULT, UNCONFINED, UNSET } = AllowedProfile;
const { oneOf } = SeccompRequirement;

const isLocalhost = ({ type, path }: Applied, accepts: (segments: string[]) => boolean) => type === 'Localhost' && accepts(path.split('/'));
const isClean = (segments: string[]) => segments.every(segment => segment !== '' && segment !== '.');

/** Policies, and what they come to. */
export const POLICIES: Readonly<Record<string, { readonly options: Options; readonly rule: Rule }>> = {
  'the profile of the runtime': {
    options: { requirement: oneOf(RUNTIME_DEFAULT) },
    rule: { accepts: ({ type }) => type === 'RuntimeDefault' },
  },
  'profiles of one directory': {
    options: { requirement: oneOf(RUNTIME_DEFAULT, AllowedProfile.localhostPath('profiles/app-*.json')) },
    rule: {
      accepts: applied => applied.type === 'RuntimeDefault' || isLocalhost(applied, ([directory, file, ...more]) =>
        directory === 'profiles' && more.length === 0 && file.startsWith('app-') && file.endsWith('.json')),
    },
  },
  'any profile of one\'s own': {
    options: { requirement: oneOf(AllowedProfile.localhostPath('**')) },
    rule: { accepts: applied => isLocalhost(applied, isClean) },
  },
  'profiles at any depth, or none': {
    options: { requirement: oneOf(UNSET, AllowedProfile.localhostPath('profiles/**/app.json'), AllowedProfile.localhostPath('x/**')) },
    rule: {
      accepts: applied => applied.type === '' || isLocalhost(applied, segments => isClean(segments)
        && ((segments[0] === 'profiles' && segments.length > 1 && segments.at(-1) === 'app.json') || (segments[0] === 'x' && segments.length > 1))),
    },
  },
  'no filter, or one profile': {
    options: { requirement: oneOf(UNCONFINED, AllowedProfile.localhost({ localhostProfile: 'profiles/app-1.json' })) },
    rule: { accepts: ({ type, path }) => type === 'Unconfined' || path === 'profiles/app-1.json', acceptsPrivileged: true },
  },
  'the profile of the runtime, with exemptions': {
    options: {
      requirement: oneOf(RUNTIME_DEFAULT),
      exemptNamespaces: ['kube-system'],
      exemptImages: ['registry.example.com/agents/**', 'debug:*'],
      exemptServiceAccounts: ['app/agent', 'other/default'],
      exemptUsers: ['admin'],
    },
    rule: {
      accepts: ({ type }) => type === 'RuntimeDefault',
      concerns: namespace => namespace !== 'kube-system',
      isImageExempt: image => image.startsWith('registry.example.com/agents/') || image === 'debug:1',
      isAccountExempt: (namespace, account) => ['app/agent', 'other/default'].includes(`${namespace}/${account}`),
      isUserExempt: user => user === 'admin',
    },
  },
  'namespaces by name': {
    options: { requirement: oneOf(UNSET), namespaces: AdmissionNamespaces.named('app', 'kube-system'), exemptNamespaces: ['app'] },
    rule: { accepts: ({ type }) => type === '', concerns: namespace => namespace === 'kube-system' },
  },
  'namespaces by label': {
    options: { requirement: oneOf(RUNTIME_DEFAULT), namespaces: AdmissionNamespaces.labeled({ team: 'a' }, LabelExpression.in('tier', ['gold'])) },
    rule: { accepts: ({ type }) => type === 'RuntimeDefault', concerns: namespace => namespace === 'app' },
  },
};
