import { testKernel } from '../node/kernel/suite';
import { vmNode } from '../vm/image-node';
import { ARM64 } from '../vm/machine';

const PROFILES = ['reference, marked', 'hardened, marked', 'one errno per name', 'allowlist up to rseq'];

testKernel({ kind: ARM64.node, kernelVersion: '6.12', only: PROFILES, start: async () => vmNode(ARM64, 'trixie') });
