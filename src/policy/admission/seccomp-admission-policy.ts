import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { AdmissionExemptions, admissionSpec } from './admission-spec';
import { checkImageGlob } from './check-glob';
import { AdmissionAction, AdmissionApiVersion, AdmissionFailurePolicy } from './enums';
import { AdmissionNamespaces } from './namespaces';
import { SeccompRequirement } from './requirement';
import { check, instanceOf, listOf, memberOf, optional, recordOf, structOf, TEXT } from '../../private/arguments';
import { InputError, list, show } from '../../private/errors';
import { isDnsSubdomain } from '../../private/kube';
import { removeNamespace } from '../../workloads/cluster-scoped';

/**
 * Properties of a `SeccompAdmissionPolicy`.
 */
export interface SeccompAdmissionPolicyProps {
  /** What pods have to meet. */
  readonly requirement: SeccompRequirement;

  /**
   * Where. There is no default: a policy for a whole cluster also stands between `kube-system` and its pods, and one for the namespace of the chart
   * would leave out what nobody thought of. Both should be written down.
   */
  readonly namespaces: AdmissionNamespaces;

  /**
   * Names of namespaces that it is not for.
   *
   * @default - none
   */
  readonly exemptNamespaces?: string[];

  /**
   * Images whose containers it does not look at, as the pod writes them: `nginx` is not `docker.io/library/nginx`. `*` stands for anything but
   * `/`, `**` for any number of segments: `registry.example.com/agents/**`.
   *
   * @default - none
   */
  readonly exemptImages?: string[];

  /**
   * Service accounts, each `namespace/name`, whose pods it is not for. Whoever may create pods in that namespace can use them.
   *
   * @default - none
   */
  readonly exemptServiceAccounts?: string[];

  /**
   * Names of users whose requests it is not for. The pods of a Deployment are requests of its controller, not of who made the Deployment.
   *
   * @default - none
   */
  readonly exemptUsers?: string[];

  /**
   * What becomes of a request that it is against. The API server does not take `DENY` together with `WARN`.
   *
   * @default [AdmissionAction.DENY]
   */
  readonly actions?: AdmissionAction[];

  /**
   * What becomes of a request that it cannot judge.
   *
   * @default AdmissionFailurePolicy.FAIL
   */
  readonly failurePolicy?: AdmissionFailurePolicy;

  /**
   * Version of the API of both objects, which the API server has to serve.
   *
   * @default AdmissionApiVersion.V1
   */
  readonly apiVersion?: AdmissionApiVersion;

  /**
   * Name of the policy and of its binding. It belongs to the cluster.
   *
   * @default - made from the paths of the constructs
   */
  readonly name?: string;

  /**
   * Labels of both.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of both.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };
}

/**
 * Has the API server hold pods to a seccomp profile: a ValidatingAdmissionPolicy with its binding.
 *
 * It judges pods when they are created or get ephemeral containers, and the templates of Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs,
 * CronJobs and ReplicationControllers when they are created or changed. An update that leaves the pod spec as it is passes, and so does a
 * deletion: what is there when the policy comes keeps running and can be removed. Of custom resources it sees the pods, not the templates, whose
 * place each resource chooses for itself.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class SeccompAdmissionPolicy extends Construct {
  /** Name of the ValidatingAdmissionPolicy. */
  public readonly policyName: string;

  /**
   * @param scope construct to put it under, normally a Chart
   * @param id name of the construct, unique below its scope
   * @param props what it requires, where, and of whom it does not
   * @throws if the API server would not take it, or an exemption could never apply
   */
  public constructor(scope: Construct, id: string, props: SeccompAdmissionPolicyProps) {
    super(scope, id);
    check(PROPS, props, '', this.node.path);
    const { requirement, namespaces, failurePolicy = AdmissionFailurePolicy.FAIL } = props;
    const exemptions = readExemptions(props);
    const policy = this.resource('Resource', 'ValidatingAdmissionPolicy', props, () => ({ failurePolicy, ...admissionSpec(requirement, exemptions) }));
    this.policyName = policy.name;

    const validationActions = checkActions(props.actions ?? [AdmissionAction.DENY]);
    const namespaceSelector = namespaces._selector(props.exemptNamespaces ?? []);
    const matchResources = namespaceSelector && { namespaceSelector };
    this.resource('Binding', 'ValidatingAdmissionPolicyBinding', props, () => ({ policyName: policy.name, validationActions, matchResources }));
  }

  private resource(id: string, kind: string, props: SeccompAdmissionPolicyProps, spec: () => object): ApiObject {
    const { apiVersion = AdmissionApiVersion.V1, name, labels, annotations } = props;
    const resource = new ApiObject(this, id, {
      apiVersion: `admissionregistration.k8s.io/${apiVersion}`,
      kind,
      metadata: { labels, annotations, ...name === undefined ? {} : { name: checkName(name) } },
      // Paths of profiles are read at synth.
      spec: Lazy.any({ produce: spec }),
    });
    removeNamespace(resource);
    return resource;
  }
}

const NAMES = optional(listOf(TEXT));

const PROPS = structOf({
  actions: optional(listOf(memberOf(AdmissionAction))),
  annotations: optional(recordOf(TEXT)),
  apiVersion: optional(memberOf(AdmissionApiVersion)),
  exemptImages: NAMES,
  exemptNamespaces: NAMES,
  exemptServiceAccounts: NAMES,
  exemptUsers: NAMES,
  failurePolicy: optional(memberOf(AdmissionFailurePolicy)),
  labels: optional(recordOf(TEXT)),
  name: optional(TEXT),
  namespaces: instanceOf(AdmissionNamespaces, 'an AdmissionNamespaces such as AdmissionNamespaces.ALL'),
  requirement: instanceOf(SeccompRequirement, 'a SeccompRequirement such as SeccompRequirement.podSecurity(PodSecurityLevel.RESTRICTED)'),
});

function readExemptions(props: SeccompAdmissionPolicyProps): AdmissionExemptions {
  const { exemptImages = [], exemptServiceAccounts = [], exemptUsers = [] } = props;
  exemptServiceAccounts.forEach(account => {
    if (/^[-a-z0-9]+\/[-.a-z0-9]+$/.test(account)) return;
    throw new InputError(`exemptServiceAccounts ${show(account)} is no service account, expected its namespace and its name such as "kube-system/agent"`);
  });
  if (exemptUsers.includes('')) throw new InputError('exemptUsers has an empty name, expected such as "system:serviceaccount:ci:deployer"');
  return { images: exemptImages.map(checkImageGlob), serviceAccounts: [...exemptServiceAccounts], users: [...exemptUsers] };
}

function checkActions(actions: readonly AdmissionAction[]): readonly AdmissionAction[] {
  const fault = actions.length === 0 ? 'is empty'
    : new Set(actions).size < actions.length ? `names one twice: ${list(actions)}`
      : actions.includes(AdmissionAction.DENY) && actions.includes(AdmissionAction.WARN) ? 'has both Deny and Warn, which the API server does not take'
        : undefined;
  if (fault) throw new InputError(`actions ${fault}, expected Deny or Warn, and Audit or not`);
  return [...actions];
}

function checkName(name: string): string {
  if (!isDnsSubdomain(name)) {
    throw new InputError(`name ${show(name)} cannot be that of a policy, expected at most 253 lower case letters, digits, "-" and "."`);
  }
  return name;
}
