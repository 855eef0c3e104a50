import * as fc from 'fast-check';
import { PodSecurityLevel } from '../../../src/manifests/pod-security/level';
import { PodSecurity } from '../../../src/manifests/pod-security/pod-security';

const { PRIVILEGED, BASELINE, RESTRICTED } = PodSecurityLevel;
const ALLOWED = { allowed: true, reason: '', detail: '' };
const forbidden = (detail: string) => ({ allowed: false, reason: 'seccompProfile', detail });

const POD = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';

const profile = (type: unknown) => ({ securityContext: { seccompProfile: { type } } });
const container = (name: string, type?: unknown) => ({ name, ...type === undefined ? {} : profile(type) });
const annotated = (annotations: object, ...names: string[]) => ({ metadata: { annotations }, spec: { containers: names.map(name => ({ name })) } });

const UNSET = { containers: [container('a')] };
const UNCONFINED = { ...profile('Unconfined'), containers: [container('a', 'RuntimeDefault')] };

describe('baseline since 1.19', () => {
  test.each<[string, object, string]>([
    ['nothing', UNSET, ''],
    ['a pod with RuntimeDefault', { ...profile('RuntimeDefault'), containers: [container('a')] }, ''],
    ['a pod with Localhost', { ...profile('Localhost'), containers: [container('a')] }, ''],
    ['a container with RuntimeDefault', { containers: [container('a', 'RuntimeDefault'), container('b')] }, ''],
    ['a profile that is null', { securityContext: { seccompProfile: null }, containers: [{ name: 'a', securityContext: null }] }, ''],
    ['an unconfined pod', UNCONFINED, 'pod must not set securityContext.seccompProfile.type to "Unconfined"'],
    ['an unconfined pod without containers', profile('Unconfined'), 'pod must not set securityContext.seccompProfile.type to "Unconfined"'],
    ['an unconfined container in a good pod', { ...profile('Localhost'), containers: [container('a'), container('b', 'Unconfined')] },
      'container "b" must not set securityContext.seccompProfile.type to "Unconfined"'],
    ['a profile without a type', { securityContext: { seccompProfile: {} }, containers: [] },
      'pod must not set securityContext.seccompProfile.type to ""'],
    ['a type in other letters', { containers: [container('a', 'runtimeDefault')] },
      'container "a" must not set securityContext.seccompProfile.type to "runtimeDefault"'],
    ['containers of every kind, init ones first', {
      ephemeralContainers: [container('e', 'Unconfined')], containers: [container('c', 'Unconfined')], initContainers: [container('i', 'Unconfined')],
    }, 'containers "i", "c", "e" must not set securityContext.seccompProfile.type to "Unconfined"'],
    ['pod and containers, each type once and sorted', {
      ...profile('b'), containers: [container('x', 'c'), container('y', 'a'), container('z', 'a'), container('good', 'Localhost')],
    }, 'pod and containers "x", "y", "z" must not set securityContext.seccompProfile.type to "a", "b", "c"'],
    ['types in the order of their bytes', { ...profile('\u{1f600}'), containers: [container('a', '\uff21')] },
      'pod and container "a" must not set securityContext.seccompProfile.type to "\uff21", "\u{1f600}"'],
    ['names and types without escapes', { containers: [container('a"\n', 'b"\t')] },
      'container "a"\n" must not set securityContext.seccompProfile.type to "b"\t"'],
    ['a Windows pod like any other', { os: { name: 'windows' }, ...profile('Unconfined') },
      'pod must not set securityContext.seccompProfile.type to "Unconfined"'],
  ])('judges %s', (_, spec, detail) => {
    for (const version of ['v1.19', 'v1.25', 'latest']) {
      expect(PodSecurity.check({ spec }, BASELINE, version)).toStrictEqual(detail === '' ? ALLOWED : forbidden(detail));
    }
  });
});

describe('restricted since 1.19', () => {
  const must = (who: string) => `pod or ${who} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`;

  test.each<[string, object, string]>([
    ['a pod with RuntimeDefault', { ...profile('RuntimeDefault'), containers: [container('a')], initContainers: [container('i')] }, ''],
    ['a good profile in every container', { containers: [container('a', 'Localhost')], initContainers: [container('i', 'RuntimeDefault')] }, ''],
    ['no container at all', {}, ''],
    ['nothing', UNSET, must('container "a"')],
    ['containers of every kind without one', {
      ephemeralContainers: [container('e')], containers: [container('c'), container('good', 'Localhost')], initContainers: [container('i')],
    }, must('containers "i", "c", "e"')],
    ['an unconfined pod, though every container is good', UNCONFINED, 'pod must not set securityContext.seccompProfile.type to "Unconfined"'],
    ['an unconfined container before those without a profile', { containers: [container('a'), container('b', 'Unconfined')] },
      'container "b" must not set securityContext.seccompProfile.type to "Unconfined"'],
    ['an unconfined container in a good pod', { ...profile('Localhost'), containers: [container('a', 'Unconfined')] },
      'container "a" must not set securityContext.seccompProfile.type to "Unconfined"'],
  ])('judges %s', (_, spec, detail) => {
    for (const version of ['v1.19', 'v1.24', 'v1.25', 'latest']) {
      expect(PodSecurity.check({ spec }, RESTRICTED, version)).toStrictEqual(detail === '' ? ALLOWED : forbidden(detail));
    }
  });

  test.each<[string, string, boolean]>([
    ['windows', 'v1.24', false], ['windows', 'v1.25', true], ['windows', 'latest', true], ['linux', 'v1.25', false], ['Windows', 'v1.25', false],
  ])('judges a pod for %s at %s: exempt is %p', (name, version, isExempt) => {
    const { allowed } = PodSecurity.check({ spec: { ...UNSET, os: { name } } }, RESTRICTED, version);
    const { allowed: unconfined } = PodSecurity.check({ spec: { ...UNCONFINED, os: { name } } }, RESTRICTED, version);
    expect([allowed, unconfined]).toStrictEqual([isExempt, isExempt]);
  });
});

describe('both before 1.19', () => {
  test.each<[string, object, string]>([
    ['no annotation', annotated({}, 'a'), ''],
    ['each good value', annotated({ [POD]: 'runtime/default', [`${CONTAINER}a`]: 'docker/default', [`${CONTAINER}b`]: 'localhost/' }, 'a', 'b'), ''],
    ['the annotation of a container that is not there', annotated({ [`${CONTAINER}b`]: 'unconfined' }, 'a'), ''],
    ['fields, which do not count yet', { spec: UNCONFINED }, ''],
    ['an unconfined pod', annotated({ [POD]: 'unconfined' }, 'a'), `forbidden annotation ${POD}="unconfined"`],
    ['an empty value', annotated({ [POD]: '' }), `forbidden annotation ${POD}=""`],
    ['a null value as an empty one', annotated({ [POD]: null }), `forbidden annotation ${POD}=""`],
    ['localhost without a slash', annotated({ [POD]: 'localhost' }), `forbidden annotation ${POD}="localhost"`],
    ['several, sorted', annotated({ [POD]: 'x', [`${CONTAINER}b`]: 'y', [`${CONTAINER}a`]: 'z' }, 'b', 'a'),
      `forbidden annotations ${CONTAINER}a="z", ${CONTAINER}b="y", ${POD}="x"`],
    ['one name of two containers once', annotated({ [`${CONTAINER}a`]: 'x' }, 'a', 'a'), `forbidden annotation ${CONTAINER}a="x"`],
    ['init and ephemeral containers', {
      metadata: { annotations: { [`${CONTAINER}i`]: 'x', [`${CONTAINER}e`]: 'y' } },
      spec: { initContainers: [container('i')], ephemeralContainers: [container('e')] },
    }, `forbidden annotations ${CONTAINER}e="y", ${CONTAINER}i="x"`],
    ['a value with the escapes of Go', annotated({ [POD]: 'a"\\\x07\b\f\n\r\t\v\0\x7f\x80\xa0\xad\u00e9\u6f22\u2028\ufeff\u{1f600}\u{e0001}\ud800' }),
      `forbidden annotation ${POD}="a\\"\\\\\\a\\b\\f\\n\\r\\t\\v\\x00\\x7f\\u0080\\u00a0\\u00ad\u00e9\u6f22\\u2028\\ufeff\u{1f600}\\U000e0001\ufffd"`],
  ])('judges %s', (_, pod, detail) => {
    for (const [level, version] of [[BASELINE, 'v1.0'], [BASELINE, 'v1.18'], [RESTRICTED, 'v1.0'], [RESTRICTED, 'v1.18']] as const) {
      expect(PodSecurity.check(pod, level, version)).toStrictEqual(detail === '' ? ALLOWED : forbidden(detail));
    }
  });

  test('judges no annotation any more at 1.19', () => {
    expect(PodSecurity.check(annotated({ [POD]: 'unconfined' }), BASELINE, 'v1.19')).toStrictEqual(ALLOWED);
  });
});

test('allows everything at privileged', () => {
  for (const version of ['v1.0', 'v1.19', 'latest']) {
    expect(PodSecurity.check({ ...annotated({ [POD]: 'unconfined' }), spec: UNCONFINED }, PRIVILEGED, version)).toStrictEqual(ALLOWED);
  }
});

test('takes the latest version where none is given', () => {
  const windows = { spec: { ...UNSET, os: { name: 'windows' } } };
  expect(PodSecurity.check(windows, RESTRICTED)).toStrictEqual(ALLOWED);
  expect(PodSecurity.check({ spec: UNSET }, RESTRICTED)).toStrictEqual(PodSecurity.check({ spec: UNSET }, RESTRICTED, 'latest'));
});

test('takes a version without its v, and one of the future', () => {
  expect(PodSecurity.check(annotated({ [POD]: 'x' }), BASELINE, '1.18').allowed).toBe(false);
  expect(PodSecurity.check({ spec: UNSET }, RESTRICTED, '1.19').allowed).toBe(false);
  expect(PodSecurity.check({ spec: { ...UNSET, os: { name: 'windows' } } }, RESTRICTED, 'v1.999')).toStrictEqual(ALLOWED);
});

test.each(['', 'v1', '1', 'v2.0', 'v1.29.0', 'v1.029', 'V1.29', 'vv1.29', 'v1.29\n', 'Latest', 'v1.9223372036854775808', 1.29, null])('fails on the version %p', version => {
  const check = () => PodSecurity.check({ spec: UNSET }, RESTRICTED, version as any);
  if (version === null) expect(check()).toStrictEqual(PodSecurity.check({ spec: UNSET }, RESTRICTED));
  else expect(check).toThrow(`${JSON.stringify(version)} is not a version of Pod Security, expected "latest" or one such as "v1.29"`);
});

test('fails on a level that is none', () => {
  expect(() => PodSecurity.check({ spec: UNSET }, 'strict' as any))
    .toThrow('"strict" is not a level of Pod Security, expected one of privileged, baseline, restricted');
});

describe('the shape of a pod', () => {
  test('takes a specification alone', () => {
    expect(PodSecurity.check(UNCONFINED, BASELINE)).toStrictEqual(PodSecurity.check({ spec: UNCONFINED }, BASELINE));
    expect(PodSecurity.check(UNCONFINED, BASELINE).allowed).toBe(false);
  });

  test.each<[string, any]>([
    ['null entries', { containers: [null] }],
    ['entries of another type', { containers: ['a'] }],
    ['names that are null', { containers: [{ name: null }] }],
    ['names of another type', { containers: [{ name: 5 }] }],
  ])('takes %s for containers without a name', (_, spec) => {
    expect(PodSecurity.check({ spec }, RESTRICTED))
      .toStrictEqual(forbidden('pod or container "" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"'));
  });

  test.each<[string, unknown]>([['null', null], ['a number', 5], ['a list', ['RuntimeDefault']]])('takes %s for an empty type', (_, type) => {
    expect(PodSecurity.check({ spec: profile(type) }, BASELINE)).toStrictEqual(forbidden('pod must not set securityContext.seccompProfile.type to ""'));
  });

  test.each<[string, unknown]>([['a text', 'RuntimeDefault'], ['a list', [{ type: 'RuntimeDefault' }]]])('takes %s for no profile', (_, seccompProfile) => {
    const spec = { ...UNSET, securityContext: { seccompProfile } };
    expect(PodSecurity.check({ spec }, BASELINE)).toStrictEqual(ALLOWED);
    expect(PodSecurity.check({ spec }, RESTRICTED).allowed).toBe(false);
  });

  test('takes nothing, and anything, without a word', () => {
    const odd = (keys: string[]) => fc.record(Object.fromEntries(keys.map(key => [key, fc.anything()])), { requiredKeys: [] });
    const spec = odd(['containers', 'initContainers', 'ephemeralContainers', 'securityContext', 'os']);
    const pods = fc.oneof(fc.anything(), spec, fc.record({ metadata: odd(['annotations']), spec }), fc.record({
      spec: fc.record({ containers: fc.array(odd(['name', 'securityContext'])), securityContext: odd(['seccompProfile']) }),
    }));
    fc.assert(fc.property(pods, fc.constantFrom('v1.0', 'v1.19', 'latest'), (pod, version) => {
      for (const level of [BASELINE, RESTRICTED]) {
        const { allowed, reason, detail } = PodSecurity.check(pod, level, version);
        expect([reason, detail !== '']).toStrictEqual([allowed ? '' : 'seccompProfile', !allowed]);
      }
    }), { numRuns: 1000 });
  });
});
