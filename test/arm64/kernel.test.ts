import { testKernel } from '../node/kernel/suite';
import { vmNode } from '../vm/image-node';
import { ARM64 } from '../vm/machine';
import { TELLING_PROFILES } from '../vm/profiles';

testKernel({
  kind: ARM64.node, kernelVersion: '6.1', only: [...TELLING_PROFILES, 'denylist without SCMP_ARCH_ARM'], start: async () => vmNode(ARM64, 'bookworm'),
});
