import { Check } from './oracle';
import { PodSecurityLevel } from '../../../src/manifests/pod-security/level';
import { PodSecurity } from '../../../src/manifests/pod-security/pod-security';

const withPod = (change: (pod: any) => any): Check => (pod, level, version) => PodSecurity.check(change(pod), level, version);
const withSpec = (change: (spec: any) => any) => withPod(({ spec, ...pod }) => ({ ...pod, spec: change(spec ?? {}) }));
const withVersion = (from: string, to: string): Check => (pod, level, version) => PodSecurity.check(pod, level, version === from ? to : version);
const withDetail = (change: (detail: string) => string): Check => (pod, level, version) => {
  const { detail, ...result } = PodSecurity.check(pod, level, version);
  return { ...result, detail: change(detail) };
};

/** Ways to be wrong in one thing. */
export const MUTANTS: Readonly<Record<string, Check>> = {
  'annotations count one version too long': withVersion('v1.19', 'v1.18'),
  'annotations count one version too short': withVersion('v1.18', 'v1.19'),
  'Windows is exempt one version late': withVersion('v1.25', 'v1.24'),
  'Windows is exempt one version early': withVersion('v1.24', 'v1.25'),
  'the latest version is an old one': withVersion('latest', 'v1.24'),
  'an unknown version is an old one': withVersion('v1.100', 'v1.24'),
  'restricted is baseline': (pod, level, version) => PodSecurity.check(pod, level === 'restricted' ? PodSecurityLevel.BASELINE : level, version),
  'baseline is restricted': (pod, level, version) => PodSecurity.check(pod, level === 'baseline' ? PodSecurityLevel.RESTRICTED : level, version),
  'privileged is baseline': (pod, level, version) => PodSecurity.check(pod, level === 'privileged' ? PodSecurityLevel.BASELINE : level, version),
  'the pod itself is not looked at': withSpec(spec => ({ ...spec, securityContext: undefined })),
  'init containers are not looked at': withSpec(spec => ({ ...spec, initContainers: undefined })),
  'ephemeral containers are not looked at': withSpec(spec => ({ ...spec, ephemeralContainers: undefined })),
  'init containers come after regular ones': withSpec(spec => ({ ...spec, initContainers: spec.containers, containers: spec.initContainers })),
  'null is no container': withSpec(spec => ({ ...spec, containers: spec.containers?.filter((each: any) => each !== null) })),
  'annotations are not looked at': withPod(({ spec }) => ({ spec })),
  'there is only the singular': withDetail(detail => detail.replace(/^(forbidden annotation|(?:pod (?:or|and) )?container)s /, '$1 ')),
  'there are only escapes of JSON': withDetail(detail => detail.replace(/\\x(..)/g, '\\u00$1')),
  'types are in the order of UTF-16': withDetail(detail => detail.replace(/(?<= not set .* to ").*(?="$)/s, types => types.split('", "').sort().join('", "'))),
};
