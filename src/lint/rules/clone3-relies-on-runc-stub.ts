import { enumerate } from '../../private/text';
import { abiWord } from '../../syscalls/abis';
import { answerClone3WithEnosys } from '../clone3-fix';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';
import { luckyThreads } from '../thread-failures';

export const clone3ReliesOnRuncStub: LintRule = {
  id: 'clone3-relies-on-runc-stub',
  severity: LintSeverity.WARNING,
  summary: 'threads start only because of runc\'s ENOSYS stub',
  why: 'runc answers calls above the largest number that the profile names with ENOSYS, so glibc falls back from clone3 to clone. crun has '
    + 'no such stub, and it ends as soon as the profile names a call above clone3 (faccessat2, openat2, close_range): then no thread starts.',
  fix: 'answer clone3 with ENOSYS (38) in the profile: { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }',
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/patchbpf/enosys_linux.go',
  needsWholeProfile: true,
  *check(context) {
    const lucky = luckyThreads(context);
    if (lucky.length === 0) return;
    const abis = [...new Set(lucky.map(({ abi }) => abiWord(abi)))];
    const [{ view, runtime, abi, decision }] = lucky;
    const { stub } = view.loaded(runtime, abi);
    yield {
      path: 'defaultAction',
      message: `threads start on ${enumerate(abis)} only because of runc's ENOSYS stub: the profile names no call above ${stub!.name} (${stub!.number} on ${abiWord(abi)}), `
        + 'so runc answers clone3 with ENOSYS; crun does not, and runc does not once the profile names a call above clone3 (435)',
      edits: answerClone3WithEnosys(context.document, decision),
    };
  },
};
