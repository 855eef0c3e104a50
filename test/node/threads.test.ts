import { NodeArchitecture } from '../../src';
import { DEBIANS, DebianRelease } from './runtimes/debian';
import { localNode } from './runtimes/image-node';
import { OCI_RUNTIMES } from './runtimes/oci-runtime';
import { threadProfiles, undoneProfiles } from './threads/profiles';
import { testThreads } from './threads/suite';
import { MUSL_IMAGE, pythonImage } from './threads/thread-node';

const kind = NodeArchitecture.AMD64;
const TITLES = [...Object.keys(threadProfiles(kind)), ...Object.keys(undoneProfiles(kind))];

describe.each(DEBIANS)('%s', debian => {
  testThreads({
    kind,
    start: async () => localNode(await DebianRelease.of(debian)),
    images: async () => [...(await Promise.all(DEBIANS.map(async name => DebianRelease.of(name)))).map(pythonImage), MUSL_IMAGE],
    titles: Object.fromEntries(OCI_RUNTIMES.map(name => [name, TITLES])),
    undoneTimeoutMs: 1_000,
  });
});
