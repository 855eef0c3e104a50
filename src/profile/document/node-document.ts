import { ArgumentCondition, ProfileDocument } from './document';
import { NodeArchitecture } from './node-architecture';
import { InputError, list } from '../../private/errors';
import { isS390 } from '../../syscalls/abis';

/** Returns the document for one kind of node: the same rules, and only the architectures that the node runs. */
export function documentForNode(document: ProfileDocument, { label, architectures: own }: NodeArchitecture): ProfileDocument {
  const { architectures } = document;
  if (!architectures?.length) return document;
  const abis = own.map(String);
  if (!architectures.some(name => abis.includes(name))) {
    throw new InputError(`architectures: ${list(architectures)} names nothing that ${label} nodes run, expected at least one of ${list(abis)}`);
  }
  return restrictedTo(document, abis);
}

/** Returns the document with only these architectures, and with its arguments placed for them. */
export function restrictedTo(document: ProfileDocument, abis: readonly string[]): ProfileDocument {
  const architectures = document.architectures?.filter(name => abis.includes(name));
  return withPlacedArguments({ ...document, ...(architectures && { architectures }) });
}

/** Returns the document with each argument at the index that its architectures give it: s390 has clone's flags elsewhere. */
export function withPlacedArguments(document: ProfileDocument): ProfileDocument {
  const { architectures, syscalls } = document;
  const isForS390 = architectures?.length && architectures.every(isS390);
  if (!isForS390 || !syscalls) return document;
  return { ...document, syscalls: syscalls.map(rule => ({ ...rule, ...(rule.args && { args: rule.args.map(placedOnS390) }) })) };
}

function placedOnS390({ s390Index, ...condition }: ArgumentCondition): ArgumentCondition {
  return s390Index === undefined ? condition : { ...condition, index: s390Index };
}

/** Returns the kinds of node that a document can serve: all of them if it lists no architecture. */
export function servedNodes({ architectures }: ProfileDocument): NodeArchitecture[] {
  return NodeArchitecture.all().filter(node => !architectures?.length || node.architectures.some(({ value }) => architectures.includes(value)));
}

/** Returns the kinds of node that a document is most likely meant for: those of amd64 and arm64 that it can serve. */
export function usualNodes(document: ProfileDocument): NodeArchitecture[] {
  const [usual, served] = [[NodeArchitecture.AMD64, NodeArchitecture.ARM64], servedNodes(document)];
  const both = usual.filter(node => served.includes(node));
  return both.length > 0 ? both : served.length > 0 ? served : usual;
}
