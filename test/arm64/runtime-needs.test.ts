import { SeccompArchitecture } from '../../src';
import { allowlist, exactNeeds, needsOf, Refusal, SETTINGS } from '../node/runtime-needs/refusals';
import { Starter } from '../node/runtime-needs/starter';
import { ImageNode } from '../node/runtimes/image-node';
import { OCI_RUNTIMES } from '../node/runtimes/oci-runtime';
import { vmNode } from '../vm/image-node';
import { ARM64, RELEASES } from '../vm/machine';

const ABI = `${SeccompArchitecture.AARCH64}`;
const REFUSALS: readonly Refusal[] = ['EPERM', 'KILL'];
const timeoutMs = 100_000;

describe.each(RELEASES)('%s', release => {
  let node: ImageNode;
  let starter: Starter;

  beforeAll(async () => {
    node = await vmNode(ARM64, release);
    starter = await Starter.on(node);
  });

  afterAll(async () => starter.stop());

  describe.each(OCI_RUNTIMES)('%s', name => {
    test.each(Object.entries(SETTINGS))('starts with exactly what it needs, as %s', async (_, setting) => {
      const needs = needsOf(node.debian.runtime(name), setting);
      const started = await Promise.all(REFUSALS.map(async refusal =>
        starter.starts(name, setting, { seccomp: allowlist(ABI, exactNeeds(needs, refusal, 0), refusal), timeoutMs })));
      expect(started).toStrictEqual(REFUSALS.map(() => true));
    });

    test('fails to start without one of them', async () => {
      const needed = exactNeeds(needsOf(node.debian.runtime(name), SETTINGS.root), 'KILL', 0).filter(each => each !== 'capset');
      expect(await starter.starts(name, SETTINGS.root, { seccomp: allowlist(ABI, needed, 'KILL'), timeoutMs })).toBe(false);
    });
  });

  test('has runc killed for want of prlimit64, where Go has raised the limit of open files', async () => {
    const needed = exactNeeds(needsOf(node.debian.runtime('runc'), SETTINGS.root), 'KILL', 0);
    const puts = needed.includes('prlimit64');
    expect(puts).toBe(release === 'trixie');
    const seccomp = allowlist(ABI, needed.filter(each => each !== 'prlimit64'), 'KILL');
    expect(await starter.starts('runc', SETTINGS.root, { seccomp, timeoutMs })).toBe(!puts);
  });
});
