import { ArgumentCondition, DocumentRule, ProfileDocument } from './document';
import { OperatorApi, operatorFaults } from './operator-limits';
import { parseDocument } from './parse';
import { members, readString } from './parse-fields';
import { InputError, list } from '../../private/errors';
import { JsonNode, keysOf, readJson, wrapJson } from '../../private/json';

export const OPERATOR_GROUP = 'security-profiles-operator.x-k8s.io';

/** Returns the fields of a profile for a manifest. The profile has to be without faults. */
export function operatorSpec(document: ProfileDocument): object {
  const condition = ({ index, value, valueTwo, op }: ArgumentCondition) => (
    { index, value: manifestNumber(value), valueTwo: valueTwo === undefined ? undefined : manifestNumber(valueTwo), op });
  const rule = ({ names, action, errnoRet, args }: DocumentRule) => ({ names, action, errnoRet, args: args?.map(condition) });
  return { ...document, syscalls: document.syscalls?.map(rule) };
}

/** Keeps a bigint only if a number would be rounded: some code handles a manifest as JSON, which has no bigint. */
function manifestNumber(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Reads the profile in a SeccompProfile resource. Refuses a resource from which the operator would make another profile. */
export function readOperatorResource(value: unknown): ProfileDocument {
  const root = typeof value === 'string' ? readResource(value) : wrapJson(value);
  const fields = members(root, 'SeccompProfile resource', { required: ['apiVersion', 'kind', 'spec'], optional: ['metadata', 'status'] });
  if (readString(fields.kind!) !== 'SeccompProfile') throw fields.kind!.error(`${fields.kind!.shown} is not a seccomp profile, expected "SeccompProfile"`);
  const api = readApi(fields.apiVersion!);
  const spec = fields.spec!;
  if (spec.kind !== 'object') throw spec.error(`${spec.shown} is not a profile, expected an object with defaultAction`);
  const own = spec.children.filter(([key, child]) => !isOfOperator(String(key), child, api));
  const document = parseDocument(spec.withChildren(own.map(([key, child]) => [key, key === 'syscalls' ? withValues(child) : child])));
  for (const { path, reason } of operatorFaults(document, api)) throw fieldAt(spec, path).error(reason);
  return document;
}

function readApi(node: JsonNode): OperatorApi {
  const apis: readonly OperatorApi[] = ['v1', 'v1beta1'];
  const api = apis.find(each => readString(node) === `${OPERATOR_GROUP}/${each}`);
  if (!api) throw node.error(`${node.shown} is not a supported version, expected one of ${list(apis.map(each => `${OPERATOR_GROUP}/${each}`))}`);
  return api;
}

/** True if a field is not part of the profile. Operator 1.0.0 has `state`, also in v1beta1; older operators have `disabled`. */
function isOfOperator(key: string, node: JsonNode, api: OperatorApi): boolean {
  const disabled = 'the operator installs the profile on no node, expected';
  if (key === 'baseProfileName') {
    if (readString(node) !== '') {
      throw node.error(`${node.shown} adds the rules of a profile outside the resource, expected none: write these rules into the resource`);
    }
    return true;
  }
  if (key === 'state') {
    if (readString(node) !== 'Enabled') throw node.error(`${node.shown}: ${disabled} "Enabled"`);
    return true;
  }
  if (key === 'disabled' && api === 'v1beta1') {
    if (node.scalar !== false) throw node.error(`${node.shown}: ${disabled} false`);
    return true;
  }
  return false;
}

/** Returns the rules with 0 for each value that a condition omits: the resource allows that, a profile does not. */
function withValues(rules: JsonNode): JsonNode {
  const inMembers = (node: JsonNode, change: (child: JsonNode) => JsonNode, only?: string) =>
    node.withChildren(node.children.map(([key, child]) => [key, only === undefined || key === only ? change(child) : child]));
  const condition = (node: JsonNode) => node.kind !== 'object' || node.children.some(([key]) => key === 'value')
    ? node : node.withChildren([...node.children, ['value', new JsonNode('number', [], '0', `${node.path}.value`)]]);
  return inMembers(rules, rule => inMembers(rule, args => inMembers(args, condition), 'args'));
}

function fieldAt(root: JsonNode, path: string): JsonNode {
  return keysOf(path).reduce((node, key) => node.children.find(([each]) => each === key)![1], root);
}

function readResource(source: string): JsonNode {
  return /^\s*\{/.test(source) ? readJson(source) : readYaml(source);
}

function readYaml(source: string): JsonNode {
  // Loaded on use: most profiles are JSON.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { isScalar, parseAllDocuments, visit } = require('yaml') as typeof import('yaml');
  const documents = [...parseAllDocuments(source, { intAsBigInt: true, merge: true, prettyErrors: false })];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) throw new InputError(`not YAML: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`);
  const [document, ...more] = documents.filter(({ contents }) => contents !== null);
  if (!document || more.length > 0) throw new InputError(`${document ? more.length + 1 : 0} YAML documents, expected one SeccompProfile resource`);
  visit(document as Parameters<typeof visit>[0], {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'bigint' && /^[-+]?0\d/.test(node.source ?? '')) {
        throw new InputError(`${node.source} is octal to kubectl and decimal to YAML 1.2, expected a number without leading zeros`);
      }
    },
  });
  try {
    return wrapJson(document.toJS({ maxAliasCount: 100 }));
  } catch (failure) {
    throw failure instanceof InputError ? failure : new InputError(`not YAML: ${(failure as Error).message}`);
  }
}
