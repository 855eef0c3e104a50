import { Chart, Size } from 'cdk8s';
import { ApiResource, Capability, ClusterRole, ContainerResources, Cpu, Namespace, Service, ServiceAccount, ServicePort, ServiceType } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Engine } from './engine';
import { CONTAINER_SECURITY, NAMESPACE, POD_SECURITY, probe, roleContainer } from './role';
import { SeccompMode, SeccompSecuredDeployment } from 'cdk8s-seccomp';

export interface MindieMotorChartProps {
  readonly seccomp: SeccompMode;
}

/** MindIE Motor with one prefill and one decode engine. */
export class MindieMotorChart extends Chart {
  public constructor(scope: Construct, id: string, private readonly props: MindieMotorChartProps) {
    super(scope, id, { namespace: NAMESPACE });
    new Namespace(this, 'Namespace', { metadata: { name: NAMESPACE } });

    const account = new ServiceAccount(this, 'ControllerAccount', { metadata: { name: 'mindie-motor-controller' } });
    const reader = new ClusterRole(this, 'ControllerRole', { metadata: { name: 'mindie-motor-controller' } });
    reader.allowRead(ApiResource.CONFIG_MAPS, ApiResource.NODES, ApiResource.PODS);
    reader.bind(account);

    this.control('controller', resources(4, 8, 2, 4), [{ port: 1026, name: 'internal' }, { port: 1027, name: 'manage', nodePort: 31027 }], account);
    this.control('coordinator', resources(16, 64, 4, 8), [
      { port: 1025, name: 'inference', nodePort: 31015 },
      { port: 1026, name: 'internal' },
      { port: 1027, name: 'manage', nodePort: 31017 },
    ]);
    this.control('kv-pool', resources(4, 8, 4, 8), [{ port: 50088, name: 'kvp-master' }]);
    this.control('kv-conductor', resources(4, 8, 4, 8), [{ port: 13333, name: 'conductor' }]);

    new Engine(this, 'prefill-0', { role: 'prefill', npus: 8, seccomp: props.seccomp });
    new Engine(this, 'decode-0', { role: 'decode', npus: 8, seccomp: props.seccomp });
  }

  /** A role without an NPU, and the Service that leads to it. */
  private control(role: string, size: ContainerResources, ports: ServicePort[], account?: ServiceAccount): void {
    const scope = new Construct(this, role);
    const deployment = new SeccompSecuredDeployment(scope, 'Deployment', {
      metadata: { name: `mindie-motor-${role}` },
      podMetadata: { labels: { app: `mindie-motor-${role}` } },
      replicas: 1,
      seccomp: this.props.seccomp,
      serviceAccount: account,
      automountServiceAccountToken: account !== undefined,
      securityContext: POD_SECURITY,
      containers: [{
        ...roleContainer(scope, role),
        ports: ports.map(({ port: number, name }) => ({ number, name })),
        resources: size,
        startup: probe('startup'),
        readiness: probe('readiness'),
        liveness: probe('liveness'),
        securityContext: { ...CONTAINER_SECURITY, capabilities: { drop: [Capability.ALL] } },
      }],
    });
    new Service(scope, 'Service', {
      metadata: { name: `mindie-motor-${role}` },
      selector: deployment,
      type: ports.some(port => port.nodePort) ? ServiceType.NODE_PORT : ServiceType.CLUSTER_IP,
      ports,
    });
  }
}

/** CPU in units, memory in GiB. */
function resources(cpuRequest: number, cpuLimit: number, memoryRequest: number, memoryLimit: number): ContainerResources {
  return {
    cpu: { request: Cpu.units(cpuRequest), limit: Cpu.units(cpuLimit) },
    memory: { request: Size.gibibytes(memoryRequest), limit: Size.gibibytes(memoryLimit) },
  };
}
