import { release } from 'os';
import { testKernel } from './kernel/suite';
import { DEBIANS, DebianRelease } from './runtimes/debian';
import { localNode } from './runtimes/image-node';
import { NodeArchitecture } from '../../src';

describe.each(DEBIANS)('%s', debian => {
  testKernel({ kind: NodeArchitecture.AMD64, kernelVersion: release(), start: async () => localNode(await DebianRelease.of(debian)) });
});
