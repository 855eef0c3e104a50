import { threadProfiles, undoneProfiles } from './profiles';
import { Ending, Image, ThreadNode } from './thread-node';
import { NodeArchitecture, SeccompProfile, ThreadsAnswer, ThreadStart } from '../../../src';
import { ImageNode } from '../runtimes/image-node';
import { OciRuntimeName } from '../runtimes/oci-runtime';

const SIGSYS = 31;
const KILLED: Ending = [128 + SIGSYS, ''];

export interface ThreadSuite {
  readonly kind: NodeArchitecture;
  readonly start: () => Promise<ImageNode>;
  readonly images: (node: ImageNode) => Promise<readonly Image[]>;
  /** Titles of profiles, by runtime. */
  readonly titles: Readonly<Partial<Record<OciRuntimeName, readonly string[]>>>;
  /** For a program that waits for a thread that is not there. */
  readonly undoneTimeoutMs: number;
}

/** Tests that threads start on a node, or do not, as `threads` says. */
export function testThreads({ kind, start, images, titles, undoneTimeoutMs }: ThreadSuite): void {
  const [profiles, undone] = [threadProfiles(kind), undoneProfiles(kind)];
  let node: ThreadNode;
  let programs: readonly Image[];
  const programsUnder = (title: string) => programs.filter(program => program.titles?.includes(title) ?? true);

  beforeAll(async () => {
    node = await ThreadNode.on(await start());
    programs = await images(node.node);
  }, 10 * 60_000);

  afterAll(async () => node.stop());

  describe.each(Object.entries(titles) as [OciRuntimeName, readonly string[]][])('%s', (name, chosen) => {
    const ask = (profile: SeccompProfile, { libc, architecture = kind.architectures[0] }: Image) =>
      profile.threads({ libc, architecture, runtime: node.node.debian.runtime(name), node: kind });

    test.each(chosen.filter(title => title in profiles))('starts threads, or does not, as threads says: %s', async title => {
      const document = profiles[title].toJson();
      await Promise.all(programsUnder(title).map(async image => {
        const answer = ask(profiles[title], image);
        const seen = { image: nameOf(image), pthread: await node.run(name, image, image.pthread, document) };
        expect(seen).toStrictEqual({ image: nameOf(image), pthread: pthreadEnding(answer) });
        if (image.python) expect(await node.run(name, image, image.python, document)).toStrictEqual(pythonEnding(answer));
      }));
    });

    const undoneTitles = chosen.filter(title => title in undone);
    if (undoneTitles.length === 0) return;
    test.each(undoneTitles)('starts no thread where the call returns 0 undone: %s', async title => {
      await Promise.all(programsUnder(title).map(async image => {
        const run = async (args: readonly string[]) => (await node.run(name, image, args, undone[title].toJson(), undoneTimeoutMs))[1];
        expect(ask(undone[title], image)).toStrictEqual({ start: ThreadStart.FAILS, reason: expect.stringContaining('returns 0 without a new thread') });
        // It crashes, or waits for the thread for ever; glibc's pthread_create can even claim that it has made one.
        expect(['', '0 did not run']).toContain(await run(image.pthread));
        if (image.python) expect(await run(image.python)).toBe('');
      }));
    });
  });
}

function nameOf({ libc, architecture }: Image): string {
  return architecture ? `${libc} on ${architecture}` : `${libc}`;
}

function pthreadEnding({ start, errno }: ThreadsAnswer): Ending {
  if (start === ThreadStart.WORKS) return [0, '0 ran'];
  return errno === undefined ? KILLED : [0, `${errno} did not run`];
}

function pythonEnding({ start, errno }: ThreadsAnswer): Ending {
  if (start === ThreadStart.WORKS) return [0, 'ran'];
  return errno === undefined ? KILLED : [0, "can't start new thread"];
}
