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
  /** Requirement that pods have to meet. */
  readonly requirement: SeccompRequirement;

  /**
   * Namespaces that the policy applies to. There is no default, because both choices should be explicit: a policy for a whole cluster can also stop the
   * pods of `kube-system`, and one for the namespace of the chart leaves all others open.
   */
  readonly namespaces: AdmissionNamespaces;

  /**
   * Names of namespaces that the policy does not apply to.
   *
   * @default - none
   */
  readonly exemptNamespaces?: string[];

  /**
   * Images whose containers the policy ignores, as the pod writes them: `nginx` is not `docker.io/library/nginx`. `*` matches anything but `/`, `**` any
   * number of segments: `registry.example.com/agents/**`.
   *
   * @default - none
   */
  readonly exemptImages?: string[];

  /**
   * Service accounts, each `namespace/name`, whose pods the policy ignores. Anyone who may create pods in that namespace can use them.
   *
   * @default - none
   */
  readonly exemptServiceAccounts?: string[];

  /**
   * Names of users whose requests the policy ignores. The controller of a Deployment requests its pods, not the user who made the Deployment.
   *
   * @default - none
   */
  readonly exemptUsers?: string[];

  /**
   * Actions for a request that violates the policy. The API server refuses `DENY` together with `WARN`.
   *
   * @default [AdmissionAction.DENY]
   */
  readonly actions?: AdmissionAction[];

  /**
   * Treatment of a request that the policy cannot judge.
   *
   * @default AdmissionFailurePolicy.FAIL
   */
  readonly failurePolicy?: AdmissionFailurePolicy;

  /**
   * API version of the policy and its binding. The API server has to serve it.
   *
   * @default AdmissionApiVersion.V1
   */
  readonly apiVersion?: AdmissionApiVersion;

  /**
   * Name of the policy and of its binding, which belong to the cluster, not to a namespace.
   *
   * @default - made from the paths of the constructs
   */
  readonly name?: string;

  /**
   * Labels of the policy and its binding.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the policy and its binding.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };
}

/**
 * Makes the API server refuse pods without an allowed seccomp profile: a ValidatingAdmissionPolicy with its binding.
 *
 * It judges pods when they are created or get ephemeral containers, and the templates of Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs,
 * CronJobs and ReplicationControllers when they are created or changed. An update that leaves the pod spec unchanged passes, and so does a deletion:
 * existing pods keep running and can be removed. It sees the pods of custom resources, not their templates, whose place differs from kind to kind.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class SeccompAdmissionPolicy extends Construct {
  /** Name of the ValidatingAdmissionPolicy. */
  public readonly policyName: string;

  /**
   * @param scope construct to put it under, normally a Chart
   * @param id name of the construct, unique below its scope
   * @param props the requirement, its namespaces and the exemptions
   * @throws if the API server would refuse the policy, or an exemption could never apply
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
    throw new InputError(`exemptServiceAccounts ${show(account)} is not a service account, expected namespace/name such as "kube-system/agent"`);
  });
  if (exemptUsers.includes('')) throw new InputError('exemptUsers has an empty name, expected a name such as "system:serviceaccount:ci:deployer"');
  return { images: exemptImages.map(checkImageGlob), serviceAccounts: [...exemptServiceAccounts], users: [...exemptUsers] };
}

function checkActions(actions: readonly AdmissionAction[]): readonly AdmissionAction[] {
  const fault = actions.length === 0 ? 'is empty'
    : new Set(actions).size < actions.length ? `has duplicates: ${list(actions)}`
      : actions.includes(AdmissionAction.DENY) && actions.includes(AdmissionAction.WARN) ? 'has both Deny and Warn, which the API server refuses'
        : undefined;
  if (fault) throw new InputError(`actions ${fault}, expected Deny or Warn, with or without Audit`);
  return [...actions];
}

function checkName(name: string): string {
  if (!isDnsSubdomain(name)) {
    throw new InputError(`name ${show(name)} is not a policy name, expected at most 253 lower case letters, digits, "-" and "."`);
  }
  return name;
}
