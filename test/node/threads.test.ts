import { SeccompArchitecture, SeccompProfile, ThreadStart, ThreadsAnswer } from '../../src';
import { DEBIANS, DebianRelease, ociRuntimes, OLDEST_AND_NEWEST_RUNC } from './runtimes/debian';
import { PROFILES, UNDONE_PROFILES } from './threads/profiles';
import { debianImage, Ending, Image, MUSL_IMAGE, ThreadNode } from './threads/thread-node';

const SIGSYS = 31;
const KILLED: Ending = [128 + SIGSYS, ''];

let images: Image[];

beforeAll(async () => {
  images = [...(await Promise.all(DEBIANS.map(async name => DebianRelease.of(name)))).map(debianImage), MUSL_IMAGE];
}, 6 * 60_000);

describe.each([...DEBIANS, ...OLDEST_AND_NEWEST_RUNC])('%s', debian => {
  let node: ThreadNode;

  beforeAll(async () => {
    node = await ThreadNode.start(await DebianRelease.of(debian));
  });

  afterAll(async () => node.stop());

  describe.each(ociRuntimes(debian))('%s', name => {
    const ask = (profile: SeccompProfile, { libc }: Image) =>
      profile.threads({ libc, architecture: SeccompArchitecture.X86_64, runtime: node.runtime(name) });

    test.each(Object.entries(PROFILES))('starts threads, or does not, as threads says: %s', async (_, profile) => {
      const document = profile.toJson();
      await Promise.all(images.map(async image => {
        const answer = ask(profile, image);
        const seen = { libc: `${image.libc}`, pthread: await node.run(name, image, image.pthread, document) };
        expect(seen).toStrictEqual({ libc: `${image.libc}`, pthread: pthreadEnding(answer) });
        if (image.python) expect(await node.run(name, image, image.python, document)).toStrictEqual(pythonEnding(answer));
      }));
    });

    test.each(Object.entries(UNDONE_PROFILES))('starts no thread where the call returns 0 undone: %s', async (_, profile) => {
      await Promise.all(images.map(async image => {
        const run = async (args: readonly string[]) => (await node.run(name, image, args, profile.toJson(), 1_000))[1];
        expect(ask(profile, image)).toStrictEqual({ start: ThreadStart.FAILS, reason: expect.stringContaining('returns 0 and makes no thread') });
        // It crashes, or waits for the thread for ever; glibc's pthread_create can even claim that it has made one.
        expect(['', '0 did not run']).toContain(await run(image.pthread));
        if (image.python) expect(await run(image.python)).toBe('');
      }));
    });
  });
});

function pthreadEnding({ start, errno }: ThreadsAnswer): Ending {
  if (start === ThreadStart.WORKS) return [0, '0 ran'];
  return errno === undefined ? KILLED : [0, `${errno} did not run`];
}

function pythonEnding({ start, errno }: ThreadsAnswer): Ending {
  if (start === ThreadStart.WORKS) return [0, 'ran'];
  return errno === undefined ? KILLED : [0, "can't start new thread"];
}
