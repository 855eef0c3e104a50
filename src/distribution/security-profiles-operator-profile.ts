import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { lintDistributed, LintResult } from './profile-lint';
import { OPERATOR_PROFILE } from './props-shapes';
import { LintOptions } from '../lint/profile-linter';
import { check } from '../private/arguments';
import { InputError, list, show } from '../private/errors';
import { isDnsSubdomain, printWarning } from '../private/kube';
import { checkLocalhostPath } from '../private/localhost-path';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { bothByteOrders, OperatorApi, operatorFaults } from '../profile/document/operator-limits';
import { OPERATOR_GROUP, operatorSpec } from '../profile/document/operator-resource';
import { readOperatorVersion } from '../profile/document/operator-version';
import { SeccompProfile } from '../profile/seccomp-profile';
import { removeNamespace } from '../workloads/cluster-scoped';
import { ILocalhostProfile } from '../workloads/localhost-profile';

/**
 * Properties of a `SecurityProfilesOperatorProfile`.
 */
export interface SecurityProfilesOperatorProfileProps {
  /** The profile that the resource carries. A field that the resource cannot express is an error. */
  readonly profile: SeccompProfile;

  /**
   * The node kinds in the cluster. The resource keeps only the architectures of the profile that one of them runs.
   *
   * The operator gives all nodes the same document, and no runtime loads a document with architectures of both byte orders.
   *
   * @default - the profile as it is, which must name architectures of one byte order
   */
  readonly nodes?: NodeArchitecture[];

  /**
   * Version of the operator in the cluster, 0.8.3 or later. It decides the API version and the path on the nodes.
   *
   * @default "1.0.0"
   */
  readonly operatorVersion?: string;

  /**
   * Name of the resource and of the file on the nodes. A name that changes with the profile, such as `app-${profile.digest.slice(0, 12)}`, keeps the
   * profile of running pods unchanged.
   *
   * @default - made from the path of the construct
   */
  readonly name?: string;

  /**
   * Namespace of the resource, for an operator before 0.9.0. Since 0.9.0 the resource belongs to the cluster.
   *
   * @default - the namespace of the chart for an operator before 0.9.0, otherwise none
   */
  readonly namespace?: string;

  /**
   * Labels of the resource.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the resource.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Lint options for the profile, which is linted at synth as the nodes get it. An error fails the synth; warnings are printed once to stderr.
   *
   * @default - every rule, for MindIE Motor's supported range
   */
  readonly lint?: LintOptions;
}

/**
 * Lets the Security Profiles Operator bring a profile to the nodes: a `SeccompProfile` resource, for clusters that have the operator.
 *
 * Pass it to `SeccompMode.localhost`. A field that the resource cannot express, such as `defaultErrnoRet`, is an error that names the field.
 *
 * @see https://github.com/kubernetes-sigs/security-profiles-operator
 */
export class SecurityProfilesOperatorProfile extends Construct implements ILocalhostProfile {
  /** Path of the profile below the kubelet's seccomp directory: `operator/<name>.json`, before 0.9.0 `operator/<namespace>/<name>.json`. */
  public readonly localhostProfile: string;

  private readonly resource: ApiObject;
  private linted?: LintResult;

  /**
   * @param scope construct to put it under, normally a Chart
   * @param id name of the construct, unique below its scope
   * @param props the profile, and the name of its resource
   * @throws if the resource cannot express the profile, or no node could load it
   */
  public constructor(scope: Construct, id: string, props: SecurityProfilesOperatorProfileProps) {
    super(scope, id);
    check(OPERATOR_PROFILE, props, '', this.node.path);
    const { text: version, api, isNamespaced } = readOperatorVersion(props.operatorVersion ?? '1.0.0');
    const profile = checkProfile(forNodes(props.profile, props.nodes), api);
    if (props.namespace !== undefined && !isNamespaced) {
      throw new InputError(`namespace ${show(props.namespace)} is for an operator before 0.9.0, expected none: with ${version} the resource belongs to the cluster`);
    }

    const { labels, annotations, namespace } = props;
    const name = props.name === undefined ? {} : { name: checkName(props.name) };
    this.resource = new ApiObject(this, 'Resource', {
      apiVersion: `${OPERATOR_GROUP}/${api}`,
      kind: 'SeccompProfile',
      metadata: { labels, annotations, namespace, ...name },
      spec: operatorSpec(profile._document),
    });
    if (!isNamespaced) removeNamespace(this.resource);
    this.localhostProfile = checkLocalhostPath(`operator/${isNamespaced ? `${this.namespaceBefore09(version)}/` : ''}${fileName(this.name)}`);

    const lint = { ...props.lint, targets: { ...props.nodes && { nodes: props.nodes }, ...props.lint?.targets } };
    this.node.addValidation({ validate: () => this.validateProfile(profile, lint) });
  }

  /** Name of the resource. */
  public get name(): string {
    return this.resource.name;
  }

  private namespaceBefore09(version: string): string {
    const { namespace } = this.resource.metadata;
    if (namespace === undefined) {
      throw new InputError(`namespace is missing, expected one here or in the chart: the operator ${version} puts profiles into operator/<namespace>/`);
    }
    return namespace;
  }

  /** Validates the profile; cdk8s calls it once for the app and once for each chart. */
  private validateProfile(profile: SeccompProfile, options: LintOptions): string[] {
    if (!this.linted) {
      this.linted = lintDistributed([[this.localhostProfile, profile]], options, whole => whole);
      this.linted.warnings.forEach(warning => printWarning(this.node.path, warning));
    }
    return this.linted.errors;
  }
}

function checkName(name: string): string {
  if (!isDnsSubdomain(name) || Buffer.byteLength(fileName(name)) > 255) {
    throw new InputError(`name ${show(name)} is not a SeccompProfile name, expected at most 250 lower case letters, digits, "-" and "."`);
  }
  return name;
}

function fileName(name: string): string {
  return name.endsWith('.json') ? name : `${name}.json`;
}

/** Returns the profile with the architectures of these nodes only. */
function forNodes(profile: SeccompProfile, nodes?: NodeArchitecture[]): SeccompProfile {
  if (nodes?.length === 0) throw new InputError('nodes is empty, expected at least one node kind, or leave the property out');
  if (!nodes || !profile.architectures?.length) return profile;
  const kept = new Set(nodes.flatMap(node => profile.forNode(node).architectures!));
  return profile.withArchitectures(profile.architectures.filter(architecture => kept.has(architecture)));
}

function checkProfile(profile: SeccompProfile, api: OperatorApi): SeccompProfile {
  const [big, little] = bothByteOrders(profile._document) ?? [];
  if (big) {
    throw new InputError(`${big} is big-endian, ${little} little-endian: the operator gives all nodes the same document, and no node could load this one, `
      + 'expected one byte order: pass the node kinds of the cluster as nodes, and if they have both byte orders, make one profile for each', { path: 'architectures' });
  }
  if (profile.nodes.length === 0) {
    throw new InputError(`${list(profile.architectures!.map(String))} belong to no node kind that Kubernetes supports, so no node could load the profile`, { path: 'architectures' });
  }
  for (const { path, reason } of operatorFaults(profile._document, api)) {
    throw new InputError(`${reason}; or use SeccompProfileDaemonSet, which carries every profile unchanged`, { path });
  }
  return profile;
}
