import { Request } from './api-server';
import { Random } from '../oracle/random';

/** Types and paths of profiles; those after the first four are none that an API server lets through to a policy. */
const TYPES = ['RuntimeDefault', 'Unconfined', 'Localhost', 'Localhost', '', 'Other'];
const PATHS = [
  'profiles/app.json', 'profiles/app-1.json', 'profiles/app-.json', 'profiles/other.json', 'profiles/app-1/x.json', 'profiles/a/app.json', 'profiles/a/b/app.json',
  'app.json', 'x/profiles/app-1.json', 'profiles/app-1.json.bak', 'profiles/app-1xjson', 'profiles/./app.json', 'profiles//app.json', './profiles/app-1.json',
  'profiles/.app.json', 'profiles/ä/app.json', 'profiles/app.json/.', 'profiles/a b/app.json', 'profiles/..app/app.json',
];
const IMAGES = [
  'registry.example.com/agents/a:1', 'registry.example.com/agents/team/a:1', 'registry.example.com/agents', 'registry-example.com/agents/a:1', 'x/registry.example.com/agents/a',
  'debug:1', 'debug:1/x', 'debug', 'app:1', 'ghcr.io/app/app@sha256:00',
];
const ACCOUNTS = ['agent', 'default', 'app', ''];

export const NAMESPACES = [
  { name: 'app', labels: { team: 'a', tier: 'gold' } },
  { name: 'other', labels: { team: 'b' } },
  { name: 'kube-system', labels: {} },
].map(({ name, labels }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } } }));

const WORKLOADS: ReadonlyArray<readonly [string, string, string]> = [
  ['apps/v1', 'Deployment', 'deployments'], ['apps/v1', 'ReplicaSet', 'replicasets'], ['apps/v1', 'StatefulSet', 'statefulsets'], ['apps/v1', 'DaemonSet', 'daemonsets'],
  ['batch/v1', 'Job', 'jobs'], ['batch/v1', 'CronJob', 'cronjobs'], ['v1', 'ReplicationController', 'replicationcontrollers'],
];

/** Makes pods and requests at random, the same for the same seed. */
export class Requests {
  private readonly random: Random;

  public constructor(seed: number, private readonly typeCount = 4) {
    this.random = new Random(seed);
  }

  public make(count: number): Request[] {
    return this.random.list(count, () => this.request());
  }

  public podSpec(): any {
    const containers = (length: number) => this.random.list(length, () => this.container());
    return {
      ...this.chance(3) && { securityContext: this.seccomp() },
      ...this.chance(2) && { initContainers: containers(1 + this.random.below(2)) },
      containers: containers(1 + this.random.below(2)),
      ...this.chance(8) && { ephemeralContainers: containers(1) },
      ...this.chance(2) && { serviceAccountName: this.random.pick(ACCOUNTS) },
      ...this.chance(8) && { os: { name: this.random.pick(['windows', 'linux']) } },
    };
  }

  private request(): Request {
    const { name: namespace } = this.random.pick(NAMESPACES).metadata;
    const common = { namespace, user: this.random.pick(['admin', 'alice', 'system:serviceaccount:kube-system:replicaset-controller', undefined]) };
    const spec = this.podSpec();
    const pod = (podSpec: any) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace }, spec: podSpec });
    switch (this.random.below(8)) {
      case 0: {
        const debugged = { ...spec, ephemeralContainers: [this.container()] };
        return { ...common, operation: 'UPDATE', resource: 'pods', subresource: 'ephemeralcontainers', object: pod(debugged), oldObject: pod(spec) };
      }
      case 1: {
        const containers = spec.containers.map((each: any) => ({ ...each, image: this.random.pick(IMAGES) }));
        const changed = this.chance(2) ? spec : { ...spec, containers };
        return { ...common, operation: 'UPDATE', resource: 'pods', object: pod(changed), oldObject: pod(spec) };
      }
      case 2: case 3: case 4: {
        const [apiVersion, kind, resource] = this.random.pick(WORKLOADS);
        const workload = (podSpec: any, replicas: number) => ({
          apiVersion,
          kind,
          metadata: { name: 'workload', namespace, labels: { replicas: `${replicas}` } },
          spec: kind === 'CronJob' ? { schedule: '@daily', jobTemplate: { spec: { template: { spec: podSpec } } } } : { template: { spec: podSpec } },
        });
        if (this.chance(2)) return { ...common, operation: 'CREATE', resource, object: workload(spec, 1) };
        return { ...common, operation: 'UPDATE', resource, object: workload(spec, 1), oldObject: workload(this.chance(2) ? spec : this.podSpec(), 2) };
      }
      default:
        return { ...common, operation: 'CREATE', resource: 'pods', object: pod(spec) };
    }
  }

  private container(): any {
    return {
      name: this.random.pick(['a', 'b', 'sidecar']),
      ...!this.chance(10) && { image: this.random.pick(IMAGES) },
      ...this.chance(2) && { securityContext: { ...this.chance(12) && { privileged: this.chance(2) }, ...this.seccomp() } },
    };
  }

  private seccomp(): any {
    const type = TYPES[this.random.below(this.typeCount)];
    return this.chance(6) ? {} : { seccompProfile: { type, ...type === 'Localhost' && { localhostProfile: this.random.pick(PATHS) } } };
  }

  private chance(oneIn: number): boolean {
    return this.random.below(oneIn) === 0;
  }
}
