import { release } from 'os';
import { testKernel } from './kernel/suite';
import { DEBIANS, DebianRelease, ociRuntimes, OLDEST_AND_NEWEST_RUNC } from './runtimes/debian';
import { localNode } from './runtimes/image-node';
import { NodeArchitecture } from '../../src';

describe.each([...DEBIANS, ...OLDEST_AND_NEWEST_RUNC])('%s', debian => {
  testKernel({
    kind: NodeArchitecture.AMD64,
    kernelVersion: release(),
    runtimes: ociRuntimes(debian),
    start: async () => localNode(await DebianRelease.of(debian)),
  });
});
