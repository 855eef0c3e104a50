import { Size } from 'cdk8s';
import { Cpu, EnvValue, k8s, Node, NodeLabelQuery } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { hostMounts, patchPodSpec, POD_SECURITY, roleContainer, sharedMemory } from './role';
import { SeccompMode, SeccompSecuredDeployment } from 'cdk8s-seccomp';

export interface EngineProps {
  readonly role: 'prefill' | 'decode';
  readonly npus: number;
  readonly seccomp: SeccompMode;
}

/** One instance of the inference engine: its pod holds all NPUs of one server. */
export class Engine extends Construct {
  public constructor(scope: Construct, id: string, { role, npus, seccomp }: EngineProps) {
    super(scope, id);
    const container = roleContainer(this, role);
    const engine = new SeccompSecuredDeployment(this, 'Deployment', {
      metadata: { name: `mindie-motor-${id}` },
      podMetadata: { labels: { 'app': `mindie-motor-${role}`, 'ring-controller.atlas': 'ascend-910b', 'fault-scheduling': 'grace' } },
      replicas: 1,
      seccomp,
      securityContext: POD_SECURITY,
      containers: [{
        ...container,
        envVariables: { ...container.envVariables, OMP_NUM_THREADS: EnvValue.fromValue('100') },
        resources: {
          cpu: { request: Cpu.units(32), limit: Cpu.units(64) },
          memory: { request: Size.gibibytes(128), limit: Size.gibibytes(256) },
        },
        volumeMounts: [
          ...container.volumeMounts!,
          sharedMemory(this, Size.gibibytes(4)),
          ...hostMounts(this, '/usr/local/Ascend/driver', '/etc/hccn.conf', '/mnt/weight', '/data', '/var/queue_schedule'),
        ],
      }],
    });
    engine.scheduling.attract(Node.labeled(NodeLabelQuery.is('accelerator', 'huawei-Ascend910'), NodeLabelQuery.is('accelerator-type', 'module-910b-8')));
    patchPodSpec(engine, 'schedulerName', 'volcano');
    for (const kind of ['requests', 'limits']) {
      patchPodSpec(engine, `containers/0/resources/${kind}/huawei.com~1Ascend910`, k8s.Quantity.fromNumber(npus));
    }
  }
}
