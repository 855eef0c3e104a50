import { podSecurityLabels } from '../../../src/manifests/pod-security/labels';
import { PodSecurityLevel } from '../../../src/manifests/pod-security/level';
import { podSecurityRejection, podSecurityWarning } from '../../../src/manifests/pod-security/message';
import { PodSecurity } from '../../../src/manifests/pod-security/pod-security';

const PREFIX = 'pod-security.kubernetes.io/';
const invalid = (label: string, value: string, expected: string) => `metadata.labels[${PREFIX}${label}]: Invalid value: ${value}: must be ${expected}`;
const LEVELS = 'one of privileged, baseline, restricted';

function read(labels: Record<string, unknown>) {
  const prefixed = Object.entries(labels).map(([name, value]) => [PREFIX + name, value]);
  const { errors, ...modes } = podSecurityLabels({ kind: 'Namespace', metadata: { name: 'mindie', labels: Object.fromEntries(prefixed) } });
  const [enforce, audit, warn] = [modes.enforce, modes.audit, modes.warn].map(({ level, version }) => `${level}:${version}`);
  return { enforce, audit, warn, errors };
}

const DEFAULTS = { enforce: 'privileged:latest', audit: 'privileged:latest', warn: 'privileged:latest', errors: [] };

test.each<[string, Record<string, unknown>, Partial<ReturnType<typeof read>>]>([
  ['no label', {}, {}],
  ['every label', {
    'enforce': 'baseline', 'enforce-version': 'v1.29', 'audit': 'restricted', 'audit-version': 'v1.30', 'warn': 'baseline', 'warn-version': 'v1.31',
  }, { enforce: 'baseline:v1.29', audit: 'restricted:v1.30', warn: 'baseline:v1.31' }],
  ['enforce, of which it warns as well', { 'enforce': 'baseline', 'enforce-version': 'v1.29' }, { enforce: 'baseline:v1.29', warn: 'baseline:v1.29' }],
  ['enforce with another version to warn of', { 'enforce': 'restricted', 'warn-version': 'v1.29' }, { enforce: 'restricted:latest', warn: 'restricted:v1.29' }],
  ['enforce without warnings', { enforce: 'restricted', warn: 'privileged' }, { enforce: 'restricted:latest' }],
  ['privileged, whose version it does not warn of', { 'enforce': 'privileged', 'enforce-version': 'v1.29' }, { enforce: 'privileged:v1.29' }],
  ['a version alone', { 'enforce-version': 'v1.29', 'audit-version': 'v1.0' }, { enforce: 'privileged:v1.29', audit: 'privileged:v1.0' }],
  ['warn alone', { warn: 'restricted' }, { warn: 'restricted:latest' }],
  ['an invalid enforce as restricted, without warnings', { enforce: 'strict' },
    { enforce: 'restricted:latest', errors: [invalid('enforce', '"strict"', LEVELS)] }],
  ['an invalid audit and warn as privileged', { enforce: 'baseline', audit: 'Restricted', warn: '' },
    { enforce: 'baseline:latest', errors: [invalid('audit', '"Restricted"', LEVELS), invalid('warn', '""', LEVELS)] }],
  ['an invalid version as the latest', { 'warn': 'baseline', 'warn-version': '1.29' },
    { warn: 'baseline:latest', errors: [invalid('warn-version', '"1.29"', '"latest" or "v1.x"')] }],
  ['values that are no text as empty', { 'enforce': null, 'enforce-version': 1 }, {
    enforce: 'restricted:latest', errors: [invalid('enforce', '""', LEVELS), invalid('enforce-version', '""', '"latest" or "v1.x"')],
  }],
  ['a value in the quotes of Go', { audit: 'a"\x1b' }, { errors: [invalid('audit', '"a\\"\\x1b"', LEVELS)] }],
])('reads %s', (_, labels, expected) => {
  expect(read(labels)).toStrictEqual({ ...DEFAULTS, ...expected });
});

test.each<[string, unknown]>([
  ['nothing', undefined], ['null labels', { metadata: { labels: null } }], ['no metadata', {}], ['labels that are a list', { metadata: { labels: ['a'] } }],
])('reads %s as a namespace without labels', (_, namespace) => {
  expect(podSecurityLabels(namespace)).toStrictEqual(podSecurityLabels({ metadata: { labels: {} } }));
});

test('says what an API server says', () => {
  const standard = { level: PodSecurityLevel.RESTRICTED, version: 'latest' };
  const result = PodSecurity.check({ spec: { containers: [{ name: 'a' }] } }, standard.level, standard.version);
  const violation = 'violate PodSecurity "restricted:latest": seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';
  expect(podSecurityRejection('x', standard, result)).toBe(`pods "x" is forbidden: ${violation.replace('violate', 'violates')}`);
  expect(podSecurityRejection('', standard, result)).toBe(`pods is forbidden: ${violation.replace('violate', 'violates')}`);
  expect(podSecurityWarning(standard, result)).toBe(`would ${violation}`);
});
