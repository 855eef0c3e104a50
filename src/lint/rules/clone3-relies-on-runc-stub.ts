import { enumerate } from '../../private/text';
import { abiWord } from '../../syscalls/abis';
import { answerClone3WithEnosys } from '../clone3-fix';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';
import { luckyThreads } from '../thread-failures';

export const clone3ReliesOnRuncStub: LintRule = {
  id: 'clone3-relies-on-runc-stub',
  severity: LintSeverity.WARNING,
  summary: 'threads start through runc\'s ENOSYS stub alone',
  why: 'runc answers calls above the largest number that the profile names with ENOSYS, so glibc falls back from clone3 to clone. crun has '
    + 'no such stub, and a profile that later names a call above clone3 (faccessat2, openat2, close_range) loses it: no thread starts any '
    + 'more.',
  fix: 'answer clone3 with ENOSYS (38) yourself: { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }',
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
      message: `threads start on ${enumerate(abis)} through runc's ENOSYS stub alone: nothing above ${stub!.name} (${stub!.number} on ${abiWord(abi)}) is named, `
        + 'so runc answers clone3 with ENOSYS; crun does not, and neither does runc once a call above clone3 (435) is named',
      edits: answerClone3WithEnosys(context.document, decision),
    };
  },
};
