import { documentKey, documentPath, nodeOfKey, readDocumentPath } from '../../src/private/installed-names';
import { NodeArchitecture } from '../../src/profile/document/node-architecture';

test.each(NodeArchitecture.all().map(({ label }) => label))('reads for %s what it writes', node => {
  const name = { path: 'profiles/mindie/x.arm64.json', node };
  expect(readDocumentPath(documentPath(name))).toStrictEqual(name);
  expect(nodeOfKey(documentKey(name))).toBe(node);
});

test.each(['documents/x/amd64.json', 'documents/x.json', 'x/documents/x.json/amd64.json', 'documents.sha256'])('reads no document in %s', path => {
  expect(readDocumentPath(path)).toBeUndefined();
});
