import { likely, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const callNameEmpty: Symptom = {
  id: 'call-name-empty',
  summary: 'a rule has an empty name, or none',
  texts: ['empty string is not a valid syscall', 'invalid seccomp syscall'],
  causes: [
    likely({
      cause: 'a name is empty, or the profile has `names` where an old Docker expects `name`',
      remedy: 'write `names`: ["…"], or upgrade Docker',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/moby/moby/issues/27978',
};
