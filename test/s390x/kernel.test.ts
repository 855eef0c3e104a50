import { testKernel } from '../node/kernel/suite';
import { vmNode } from '../vm/image-node';
import { S390X } from '../vm/machine';
import { TELLING_PROFILES } from '../vm/profiles';

testKernel({
  kind: S390X.node, kernelVersion: '6.1', only: [...TELLING_PROFILES, 'denylist without SCMP_ARCH_S390'], start: async () => vmNode(S390X, 'bookworm'),
});
