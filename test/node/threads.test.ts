import { NodeArchitecture } from '../../src';
import { DEBIANS, DebianRelease, ociRuntimes, OLDEST_AND_NEWEST_RUNC } from './runtimes/debian';
import { localNode } from './runtimes/image-node';
import { threadProfiles, undoneProfiles } from './threads/profiles';
import { testThreads } from './threads/suite';
import { MUSL_IMAGE, pythonImage } from './threads/thread-node';

const kind = NodeArchitecture.AMD64;
const TITLES = [...Object.keys(threadProfiles(kind)), ...Object.keys(undoneProfiles(kind))];

describe.each([...DEBIANS, ...OLDEST_AND_NEWEST_RUNC])('%s', debian => {
  testThreads({
    kind,
    start: async () => localNode(await DebianRelease.of(debian)),
    images: async () => [...(await Promise.all(DEBIANS.map(async name => DebianRelease.of(name)))).map(pythonImage), MUSL_IMAGE],
    titles: Object.fromEntries(ociRuntimes(debian).map(name => [name, TITLES])),
    undoneTimeoutMs: 1_000,
  });
});
