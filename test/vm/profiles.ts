/** Of the profiles that this machine's kernel is held against, those that tell the most: a container takes many seconds there. */
export const TELLING_PROFILES = [
  'reference, marked', 'hardened, marked', 'one errno per name', 'allowlist up to rseq', 'allowlist for the native architecture alone', 'every action',
  'rules with conditions',
];
