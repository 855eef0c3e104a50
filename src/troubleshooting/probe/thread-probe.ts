import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, Names } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ProbeRun } from './probe-run';
import { check, instanceOf, listOf, NUMBER, optional, structOf, TEXT } from '../../private/arguments';
import { InputError, show } from '../../private/errors';
import { RESOURCES } from '../../workloads/pod-shapes';
import { SeccompMode } from '../../workloads/seccomp-mode';
import { asSeccompMode } from '../../workloads/seccomp-mode-argument';

const SCRIPT_DIR = '/thread-probe';
const SCRIPTS = ['thread-probe.sh', 'thread-probe.py'];
const NOBODY = 65534;

/**
 * Properties of a `ThreadProbe`.
 */
export interface ThreadProbeProps {
  /**
   * Your own image, because its C library decides whether threads start. It needs a shell; with Python the probe finds out more.
   */
  readonly image: string;

  /**
   * Names of Secrets to pull the image with.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The seccomp modes to try, each in a container of its own.
   *
   * In a namespace that enforces a Pod Security Standard other than `privileged`, leave out Unconfined.
   *
   * @default [SeccompMode.UNCONFINED, SeccompMode.RUNTIME_DEFAULT]
   */
  readonly modes?: SeccompMode[];

  /**
   * Nodes of the probe, and its end.
   *
   * @default ProbeRun.onEveryNode()
   */
  readonly run?: ProbeRun;

  /**
   * Namespace of the objects.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Python in the image, as a name or a path. If it is missing or has no ctypes, a shell reports what it can find out.
   *
   * @default "python3"
   */
  readonly python?: string;

  /**
   * User id of the containers. RLIMIT_NPROC counts by user. Use 0 for an image whose Python only root can read; the Pod Security Standard `restricted`
   * does not allow it.
   *
   * @default 65534
   */
  readonly user?: number;

  /**
   * Resource requests and limits of each container. They replace the defaults as a whole.
   *
   * @default - requests 1m CPU and 16Mi of memory, limits 200m CPU and 64Mi of memory
   */
  readonly resources?: k8s.ResourceRequirements;
}

/**
 * Tests on real nodes, with an image of yours, whether threads start in each seccomp mode, and prints a line of JSON for each node and mode.
 *
 * `kubectl logs -l app.kubernetes.io/name=thread-probe --prefix --all-containers --ignore-errors | npx cdk8s-seccomp probe-report` sums them up.
 *
 * The pods have no capability, no service account token, no host path and a read-only root filesystem. They change nothing: the kernel refuses their calls,
 * or the effect ends with a child process. A container whose Localhost profile is missing on the node does not start; the others still print their lines.
 */
export class ThreadProbe extends Construct {
  /** The DaemonSet or Job, for changes that no property offers: `workload.addJsonPatch(…)`. */
  public readonly workload: ApiObject;

  /** The ConfigMap with the scripts. In manifests its `metadata.name` ends with a digest of them. */
  public readonly configMap: ApiObject;

  /**
   * @param scope construct to put it under, normally a Chart
   * @param id name of the construct, unique below its scope
   * @param props the image, the modes and the nodes
   * @throws if there is no image or no mode, or a mode appears twice
   */
  public constructor(scope: Construct, id: string, props: ThreadProbeProps) {
    super(scope, id);
    check(PROPS, props, '', this.node.path);
    const run = props.run ?? ProbeRun.onEveryNode();
    const modes = checkModes(props.modes ?? [SeccompMode.UNCONFINED, SeccompMode.RUNTIME_DEFAULT]);
    if (!props.image?.trim()) throw new InputError(`image ${show(props.image)} is empty, expected the image of the workload to test`);

    const labels = { 'app.kubernetes.io/name': 'thread-probe' };
    const metadata = { namespace: props.namespace, labels };
    const scripts = new ScriptsConfigMap(this, 'ConfigMap', metadata);
    this.configMap = scripts;
    const spec = podSpec(props, modes, run, scripts.contentName);
    this.workload = run._timeoutSeconds === undefined
      ? daemonSet(this, metadata, spec)
      : new k8s.KubeJob(this, 'Resource', { metadata, spec: { backoffLimit: 0, template: { metadata: { labels }, spec } } });
    this.workload.addDependency(scripts);
    // A profile that a chart of this app brings to the nodes comes first.
    modes.map(mode => mode._installer).forEach(installer => installer && this.node.addDependency(installer));
  }
}

const PROPS = structOf({
  image: TEXT,
  imagePullSecrets: optional(listOf(TEXT)),
  modes: optional(listOf((value, _, where) => asSeccompMode(value, where))),
  namespace: optional(TEXT),
  python: optional(TEXT),
  resources: optional(RESOURCES),
  run: optional(instanceOf(ProbeRun, 'a ProbeRun such as ProbeRun.once()')),
  user: optional(NUMBER),
});

function checkModes(modes: SeccompMode[]): SeccompMode[] {
  if (modes.length === 0) throw new InputError('modes is empty, expected at least one such as SeccompMode.RUNTIME_DEFAULT');
  const names = modes.map(String);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InputError(`mode ${show(twice)} appears twice, expected each once`);
  return modes;
}

function daemonSet(scope: Construct, metadata: k8s.ObjectMeta, spec: k8s.PodSpec): k8s.KubeDaemonSet {
  // The name alone is not enough: a namespace may have several probes.
  const selector = { 'app.kubernetes.io/name': 'thread-probe', 'cdk8s.io/metadata.addr': Names.toLabelValue(scope) };
  return new k8s.KubeDaemonSet(scope, 'Resource', {
    metadata,
    spec: {
      selector: { matchLabels: selector },
      // A pod that lacks a profile is never ready, and must not hold up the others.
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('100%') } },
      template: { metadata: { labels: selector }, spec },
    },
  });
}

function podSpec(props: ThreadProbeProps, modes: SeccompMode[], run: ProbeRun, scripts: string): k8s.PodSpec {
  const stays = run._timeoutSeconds === undefined;
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // The deadline of the pod, unlike that of the Job, keeps the pod and its logs.
    activeDeadlineSeconds: run._timeoutSeconds,
    restartPolicy: stays ? 'Always' : 'Never',
    terminationGracePeriodSeconds: 1,
    nodeSelector: { 'kubernetes.io/os': 'linux', ...run._nodes.nodeSelector },
    affinity: run._nodes.affinity,
    tolerations: run._nodes.tolerations ?? [{ operator: 'Exists' }],
    imagePullSecrets: props.imagePullSecrets?.map(name => ({ name })),
    // Not as init containers, because one that cannot start would stop the others.
    containers: modes.map((mode, index) => container(props, mode, index, stays)),
    volumes: [{ name: 'scripts', configMap: { name: scripts, defaultMode: 0o444 } }],
  };
}

function container({ image, python, resources, user = NOBODY }: ThreadProbeProps, mode: SeccompMode, index: number, stays: boolean): k8s.Container {
  return {
    name: `${mode.type === 'RuntimeDefault' ? 'runtime-default' : mode.type.toLowerCase()}${mode.localhostProfile === undefined ? '' : `-${index + 1}`}`,
    image,
    command: ['sh', `${SCRIPT_DIR}/thread-probe.sh`],
    env: [
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      // The kubelet takes $(…) for a variable.
      { name: 'MODE', value: String(mode).replaceAll('$', '$$$$') },
      ...stays ? [{ name: 'STAY', value: '1' }] : [],
      ...python === undefined ? [] : [{ name: 'PYTHON', value: python }],
    ],
    resources: resources ?? {
      requests: { cpu: k8s.Quantity.fromString('1m'), memory: k8s.Quantity.fromString('16Mi') },
      limits: { cpu: k8s.Quantity.fromString('200m'), memory: k8s.Quantity.fromString('64Mi') },
    },
    securityContext: {
      runAsUser: user,
      runAsGroup: user,
      runAsNonRoot: user !== 0,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: mode._toKube(),
    },
    volumeMounts: [{ name: 'scripts', mountPath: SCRIPT_DIR, readOnly: true }],
  };
}

/** ConfigMap of the scripts. It is immutable, and its name changes with the scripts, so no kubelet has to watch it. */
class ScriptsConfigMap extends k8s.KubeConfigMap {
  private readonly digest: string;

  public constructor(scope: Construct, id: string, metadata: k8s.ObjectMeta) {
    const data = Object.fromEntries(SCRIPTS.map(name => [name, readFileSync(join(__dirname, '..', '..', '..', 'assets', name), 'utf8')]));
    super(scope, id, { metadata, immutable: true, data });
    this.digest = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 10);
  }

  public get contentName(): string {
    return `${this.name}-${this.digest}`;
  }

  public toJson(): any {
    const json = super.toJson();
    return { ...json, metadata: { ...json.metadata, name: this.contentName } };
  }
}
