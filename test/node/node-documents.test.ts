import { MindieProfile } from '../../src';
import { python } from './runtimes/runtimes';
import { TestNode } from './runtimes/test-node';

const reference = MindieProfile.reference();

let node: TestNode;

beforeAll(async () => {
  node = await TestNode.start();
});

afterAll(async () => node.stop());

test('knows the node kinds that the reference profile names', () => {
  expect(reference.nodes.map(({ label }) => label)).toStrictEqual(['amd64', 'arm64', 'arm', 'ppc64le', 's390x', 'riscv64', 'mips64le']);
});

describe.each([
  ['reference', reference],
  ['hardened', MindieProfile.hardened()],
  ['debugging', MindieProfile.debugging()],
])('%s', (_, profile) => {
  test.each(profile.nodes)('gives libseccomp a filter for %s nodes', async kind => {
    expect(await buildFilter(profile.forNode(kind).toJson())).toStrictEqual({ instructions: expect.any(Number) });
  });
});

test('fails to build a filter of the whole reference profile', async () => {
  const EDOM = 33;
  expect(await buildFilter(reference.toJson())).toStrictEqual({ error: `Library error (errno = -${EDOM})` });
});

async function buildFilter(document: string): Promise<object> {
  return JSON.parse(await node.runOrThrow(python('libseccomp.py'), { input: document, timeoutMs: 10_000 }));
}
