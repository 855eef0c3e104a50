import { GATE_LABEL } from '../../private/installed-names';

const PREFIX = `cdk8s-seccomp/${GATE_LABEL}`;

/** Key under which the API server names the node of the pod that a token belongs to. */
const NODE_OF_TOKEN = 'authentication.kubernetes.io/node-name';

/** Fields of a Node that a patch could change in addition to its labels; the API server keeps the others anyway. */
const KEPT = ['spec', 'metadata.annotations', 'metadata.finalizers', 'metadata.ownerReferences'];

/**
 * Spec of the ValidatingAdmissionPolicy that lets one account change the labels of this library, on the node on which its pod runs.
 *
 * @param user the account, as the API server calls it
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens
 */
export function nodePatchRules(user: string): object {
  const labelsOf = (node: string) => `has(${node}.metadata.labels) ? ${node}.metadata.labels : {}`;
  const isOwn = `name.startsWith('${PREFIX}')`;
  return {
    failurePolicy: 'Fail',
    matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['nodes', 'nodes/status'] }] },
    matchConditions: [{ name: 'installer', expression: `request.userInfo.username == '${user}'` }],
    variables: [
      { name: 'before', expression: labelsOf('oldObject') },
      { name: 'after', expression: labelsOf('object') },
    ],
    validations: [
      {
        expression: `has(request.userInfo.extra) && '${NODE_OF_TOKEN}' in request.userInfo.extra && request.userInfo.extra['${NODE_OF_TOKEN}'] == [request.name]`,
        message: 'an installer of seccomp profiles may change its own node alone, with the token of its pod',
      },
      {
        expression: [
          `variables.after.all(name, ${isOwn} || (name in variables.before && variables.before[name] == variables.after[name]))`,
          `variables.before.all(name, ${isOwn} || name in variables.after)`,
          ...KEPT.map(isKept),
        ].join(' && '),
        message: `an installer of seccomp profiles may change labels that begin with ${PREFIX}, and nothing else`,
      },
    ],
  };
}

function isKept(field: string): string {
  const [before, after] = [`oldObject.${field}`, `object.${field}`];
  return `(has(${after}) ? has(${before}) && ${after} == ${before} : !has(${before}))`;
}
