import { App, Chart, Cron } from 'cdk8s';
import { ContainerProps, Service } from 'cdk8s-plus-28';
import { manifestsOf } from './synth';
import {
  AdmissionAction, AdmissionNamespaces, AllowedProfile, GitOps, InstallerLogFormat, MindieProfile, MindieProfileDaemonSet, NodeArchitecture, NodeGate,
  NodePatchPolicy, PodSecurityLevel, PriorityClassQuota, ProbeRun, ProfilesOnDelete, ProfileVersioning, SeccompAdmissionPolicy, SeccompMode,
  SeccompProfileDaemonSet, SeccompProfileDaemonSetOptions, SeccompRequirement, SeccompSecuredCronJob, SeccompSecuredDaemonSet,
  SeccompSecuredDeployment,
  SeccompSecuredJob, SeccompSecuredPod, SeccompSecuredStatefulSet, SecurityProfilesOperatorProfile, ThreadProbe,
} from '../../src';

const container: ContainerProps = { image: 'busybox:1.36.1' };

const CARRIERS: Readonly<Record<string, SeccompProfileDaemonSetOptions>> = {
  'default': {},
  'fixed-name': { versioning: ProfileVersioning.FIXED_NAME, annotations: { 'example.com/owner': 'platform' } },
  'remove': { onDelete: ProfilesOnDelete.REMOVE, logFormat: InstallerLogFormat.JSON },
  'label': { nodeGate: NodeGate.nodeLabel() },
  'label-unrestricted': { nodeGate: NodeGate.nodeLabel({ patchPolicy: NodePatchPolicy.UNRESTRICTED }) },
  'nfd': { nodeGate: NodeGate.nodeFeatureDiscovery() },
  'argo-cd': { gitOps: GitOps.argoCd() },
  'flux': { gitOps: GitOps.flux(), seLinuxType: 'spc_t' },
  'no-quota': { priorityClassQuota: PriorityClassQuota.NONE },
  'low-priority': { priorityClassName: 'system-cluster-critical' },
};

/** One of everything that the library can write, by what it is. */
export function everyConstruct(namespace: string): Record<string, { readonly constructs: string[]; readonly manifests: any[] }> {
  const charts: Record<string, (chart: Chart) => void> = {
    ...Object.fromEntries(Object.entries(CARRIERS).map(([name, options]) => [`installer ${name}`, (chart: Chart) => {
      const set = new SeccompProfileDaemonSet(chart, 'Profiles', options);
      const profile = set.addProfile('profiles/hardened.json', MindieProfile.hardened());
      new SeccompSecuredDeployment(chart, 'App', { seccomp: SeccompMode.localhost(profile), containers: [container] });
    }])),
    MindIE: chart => new MindieProfileDaemonSet(chart, 'Profile'),
    workloads: workloads,
    probe: chart => [undefined, ProbeRun.onEveryNode(), ProbeRun.once()].forEach((run, index) => new ThreadProbe(chart, `Probe${index}`, { image: 'python:3.11-slim', run })),
    admission: admissionPolicies,
    operator: chart => {
      new SecurityProfilesOperatorProfile(chart, 'V1', { profile: MindieProfile.hardened(), nodes: [NodeArchitecture.AMD64] });
      new SecurityProfilesOperatorProfile(chart, 'V1Beta1', { profile: MindieProfile.hardened(), nodes: [NodeArchitecture.AMD64], operatorVersion: '0.9.0' });
    },
  };
  return Object.fromEntries(Object.entries(charts).map(([name, fill]) => {
    const app = new App();
    const chart = new Chart(app, name.toLowerCase().replaceAll(' ', '-'), { namespace });
    fill(chart);
    return [name, { constructs: chart.node.findAll().map(construct => construct.constructor.name), manifests: manifestsOf(app) }];
  }));
}

function workloads(chart: Chart): void {
  const modes = [SeccompMode.UNCONFINED, SeccompMode.RUNTIME_DEFAULT, SeccompMode.localhostPath('profiles/app.json')];
  modes.forEach((seccomp, index) => {
    const props = { seccomp, containers: [container], initContainers: [{ ...container, name: 'init' }] };
    const service = new Service(chart, `Service${index}`, { ports: [{ port: 80 }] });
    new SeccompSecuredDeployment(chart, `Deployment${index}`, props);
    new SeccompSecuredStatefulSet(chart, `StatefulSet${index}`, { ...props, service });
    new SeccompSecuredDaemonSet(chart, `DaemonSet${index}`, props);
    new SeccompSecuredJob(chart, `Job${index}`, props);
    new SeccompSecuredCronJob(chart, `CronJob${index}`, { ...props, schedule: Cron.daily() });
    new SeccompSecuredPod(chart, `Pod${index}`, props);
  });
}

function admissionPolicies(chart: Chart): void {
  new SeccompAdmissionPolicy(chart, 'OneOf', {
    requirement: SeccompRequirement.oneOf(AllowedProfile.RUNTIME_DEFAULT, AllowedProfile.localhostPath('profiles/app-*.json')),
    namespaces: AdmissionNamespaces.named('elsewhere'),
    exemptImages: ['registry.example.com/agents/**'],
    exemptServiceAccounts: ['kube-system/agent'],
  });
  [PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED].forEach((level, index) => new SeccompAdmissionPolicy(chart, `Level${index}`, {
    requirement: SeccompRequirement.podSecurity(level), namespaces: AdmissionNamespaces.labeled({ team: 'inference' }), actions: [AdmissionAction.WARN, AdmissionAction.AUDIT],
  }));
}
