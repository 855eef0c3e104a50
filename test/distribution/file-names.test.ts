import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, YamlOutputType } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { MindieProfileDaemonSet, SeccompMode, SeccompPolicy } from '../../src';

const directory = mkdtempSync(join(tmpdir(), 'file-names-'));
beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const appOf = (yamlOutputType?: YamlOutputType) => new App({ outdir: mkdtempSync(join(directory, 'dist-')), yamlOutputType });
const installerIn = (app: App) => new MindieProfileDaemonSet(new Chart(app, 'seccomp', { disableResourceNameHashes: true }), 'Profile');

/** The files of two charts without a dependency, after something was done to the app. */
function filesAfter(change: (app: App) => void, yamlOutputType?: YamlOutputType): string[] {
  const app = appOf(yamlOutputType);
  for (const id of ['web', 'jobs']) new Deployment(new Chart(app, id, { disableResourceNameHashes: true }), 'app', { containers: [{ image: 'a:1' }] });
  change(app);
  app.synth();
  return readdirSync(app.outdir, { recursive: true }).map(String).filter(file => file.endsWith('.yaml')).sort();
}

const nothing = () => {};
const runtimeDefault = (app: App) => SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
const inTheApp = (app: App) => SeccompPolicy.of(app).apply(SeccompMode.localhost(installerIn(app)));
const inAnApp = (app: App) => {
  const { localhostProfile } = installerIn(appOf());
  SeccompPolicy.of(app).apply(SeccompMode.localhostPath(localhostProfile));
};

// docs/guides/gitops.md, "File names", says so.
test.each<[string, (app: App) => void, YamlOutputType | undefined, string[]]>([
  ['no mode', nothing, undefined, ['jobs.k8s.yaml', 'web.k8s.yaml']],
  ['RuntimeDefault', runtimeDefault, undefined, ['jobs.k8s.yaml', 'web.k8s.yaml']],
  ['a profile of a chart of the app', inTheApp, undefined, ['0000-seccomp.k8s.yaml', '0001-web.k8s.yaml', '0002-jobs.k8s.yaml']],
  ['the same with a folder for each chart', inTheApp, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, [
    '0000-seccomp/ConfigMap.seccomp-profile-configmap.k8s.yaml', '0000-seccomp/DaemonSet.seccomp-profile.k8s.yaml', '0000-seccomp/ResourceQuota.seccomp-profile-quota.k8s.yaml',
    '0001-web/Deployment.web-app.k8s.yaml', '0002-jobs/Deployment.jobs-app.k8s.yaml',
  ]],
  ['the same with a file for each resource', inTheApp, YamlOutputType.FILE_PER_RESOURCE, [
    expect.stringMatching(/^ConfigMap\.seccomp-profile-configmap-[0-9a-f]{10}\.k8s\.yaml$/), 'DaemonSet.seccomp-profile.k8s.yaml',
    'Deployment.jobs-app.k8s.yaml', 'Deployment.web-app.k8s.yaml', 'ResourceQuota.seccomp-profile-quota.k8s.yaml',
  ]],
  ['a profile of an app of its own, by its path', inAnApp, undefined, ['jobs.k8s.yaml', 'web.k8s.yaml']],
])('names the files with %s', (_, change, yamlOutputType, expected) => {
  expect(filesAfter(change, yamlOutputType)).toStrictEqual(expected);
});
