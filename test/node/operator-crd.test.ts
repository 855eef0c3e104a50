import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { Crd, crdOf, RELEASES } from './operator/crd';
import { MindieProfile, NodeArchitecture, SeccompProfile, SecurityProfilesOperatorProfile, SecurityProfilesOperatorProfileProps } from '../../src';
import { operatorFaults } from '../../src/profile/document/operator-limits';
import { operatorSpec } from '../../src/profile/document/operator-resource';
import { documents } from '../profile/documents';

const { AMD64, ARM64, S390X } = NodeArchitecture;
const RUNS = 2000;

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

function synth(props: SecurityProfilesOperatorProfileProps): any {
  const app = new App();
  new SecurityProfilesOperatorProfile(new Chart(app, 'chart', { namespace: 'mindie' }), 'Profile', props);
  return parse(app.synthYaml());
}

const versionOf = ({ apiVersion }: any) => apiVersion.split('/')[1];

describe.each(Object.keys(RELEASES) as (keyof typeof RELEASES)[])('the CRD of %s', release => {
  let crd: Crd;
  beforeAll(() => { crd = crdOf(release); });

  const errors = (resource: any) => {
    const check = crd.versions[versionOf(resource)];
    return check(resource) ? [] : check.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  test('has the scope and the version of the resource', () => {
    const resource = synth({ profile: MindieProfile.hardened(), nodes: [AMD64], operatorVersion: release });
    expect(Object.keys(crd.versions)).toContain(versionOf(resource));
    expect(crd.scope).toBe(resource.metadata.namespace === undefined ? 'Cluster' : 'Namespaced');
  });

  test.each<[string, SeccompProfile, NodeArchitecture[]]>([
    ['reference', MindieProfile.reference(), [AMD64, ARM64]],
    ['hardened', MindieProfile.hardened(), [AMD64, ARM64]],
    ['hardened', MindieProfile.hardened(), [S390X]],
    ['debugging', MindieProfile.debugging(), [ARM64]],
  ])('takes the %s profile', (_, profile, nodes) => {
    expect(errors(synth({ profile, nodes, operatorVersion: release }))).toStrictEqual([]);
  });

  test(`takes a profile if and only if we say so, ${RUNS} of them`, () => {
    const api = release === '1.0.0' ? 'v1' : 'v1beta1';
    let [taken, refused] = [0, 0];
    fc.assert(fc.property(fc.oneof(documents, documents.map(({ defaultErrnoRet, listenerPath, ...document }) => document)), document => {
      const profile = SeccompProfile.fromJson(document);
      const spec = JSON.parse(JSON.stringify(operatorSpec(profile._document)));
      // What the schema takes and the operator's `omitempty` drops.
      const faults = [...operatorFaults(profile._document, api)].filter(({ path, reason }) => !(path.endsWith('.errnoRet') && reason.startsWith('0 ')));
      const found = errors({ apiVersion: `security-profiles-operator.x-k8s.io/${api}`, kind: 'SeccompProfile', metadata: { name: 'app' }, spec });
      if (faults.length > 0) refused++;
      else taken++;
      expect(found.length > 0).toBe(faults.length > 0);
    }), { numRuns: RUNS });
    expect(Math.min(taken, refused)).toBeGreaterThan(RUNS / 20);
  });

  test('takes what was made for the releases before it that have its scope', () => {
    const scope = (each: string) => each.startsWith('0.8.') ? 'Namespaced' : 'Cluster';
    const before = Object.keys(RELEASES).filter((each, index, all) => index <= all.indexOf(release) && scope(each) === crd.scope);
    const resources = before.map(operatorVersion => synth({ profile: MindieProfile.hardened(), nodes: [AMD64], operatorVersion }));
    expect(resources.flatMap(errors)).toStrictEqual([]);
  });

  test('draws the line between values where we do', () => {
    const accepted = (fields: object) => errors({
      apiVersion: `security-profiles-operator.x-k8s.io/${release === '1.0.0' ? 'v1' : 'v1beta1'}`,
      spec: { defaultAction: 'SCMP_ACT_LOG', syscalls: [{ names: ['read'], action: 'SCMP_ACT_ERRNO', ...fields }] },
    }).length === 0;
    const value = (number: number) => accepted({ args: [{ index: 0, value: number, op: 'SCMP_CMP_EQ' }] });
    // The largest double below 2^63.
    expect([value(2 ** 63 - 1024), value(2 ** 63)]).toStrictEqual([true, false]);
    expect([accepted({ errnoRet: 2 ** 31 - 1 }), accepted({ errnoRet: 2 ** 31 })]).toStrictEqual([true, release !== '1.0.0']);
    const conditions = (length: number) => accepted({ args: Array(length).fill({ index: 0, value: 0, op: 'SCMP_CMP_EQ' }) });
    expect([conditions(6), conditions(7)]).toStrictEqual([true, false]);
  });
});
