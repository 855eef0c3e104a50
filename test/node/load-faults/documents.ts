import { ACTIONS, FLAGS } from '../../../src/profile/document/document';
import { ABIS } from '../../../src/syscalls/abis';

const ALLOW = 'SCMP_ACT_ALLOW';
const ERRNO = 'SCMP_ACT_ERRNO';
const NOTIFY = 'SCMP_ACT_NOTIFY';
const TSYNC = 'SECCOMP_FILTER_FLAG_TSYNC';

/** A call that neither a runtime nor the program makes. */
const OTHER = 'mount';
const NO_NAME = 'no_such_call';

const allowing = (rest: object = {}) => ({ defaultAction: ALLOW, ...rest });
const rules = (...syscalls: object[]) => allowing({ syscalls });
const equal = (index: number, value: number) => ({ index, value, op: 'SCMP_CMP_EQ' });
const when = (action: string, errnoRet: number | undefined, ...args: object[]) => ({ names: [OTHER], action, errnoRet, args });
const X86_FAMILY = { architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'] };

const ERRNOS = [0, 1, 4094, 4095, 65535, 65536, 65536 + 4095, 4294967295];
const WITHOUT_ERRNO = ACTIONS.filter(action => ![ERRNO, 'SCMP_ACT_TRACE', NOTIFY].includes(action));

/**
 * Documents of every kind that some runtime refuses, and their neighbours that it does not.
 *
 * @param listener the socket of an agent
 */
export function documents(listener: string): Record<string, object> {
  return Object.fromEntries([
    ...ABIS.map(({ name }) => [`architecture ${name}`, allowing({ architectures: ['SCMP_ARCH_X86_64', name] })]),
    ['no architectures', allowing({ architectures: [] })],
    ['big and little endian', allowing({ architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_S390X'] })],
    ...FLAGS.map(flag => [`flag ${flag}`, allowing({ flags: [flag] })]),
    ['no flags', allowing({ flags: [] })],
    ...ERRNOS.map(errnoRet => [`errno ${errnoRet}`, rules(when(ERRNO, errnoRet))]),
    ...ERRNOS.map(errnoRet => [`errno ${errnoRet} for a name that nobody knows`, rules({ names: [NO_NAME], action: ERRNO, errnoRet })]),
    ...ERRNOS.map(errnoRet => [`errno ${errnoRet} under a condition`, rules(when(ERRNO, errnoRet, equal(3, 1)))]),
    ...ERRNOS.map(errnoRet => [`TRACE ${errnoRet}`, rules(when('SCMP_ACT_TRACE', errnoRet))]),
    ...WITHOUT_ERRNO.map(action => [`errno with ${action}`, rules(when(action, 1))]),
    ...WITHOUT_ERRNO.map(action => [`errno 0 with ${action}`, rules(when(action, 0))]),
    ...WITHOUT_ERRNO.map(action => [`errno 4095 with ${action}`, rules(when(action, 4095))]),
    ['errno with an action for a name that nobody knows', rules({ names: [NO_NAME], action: 'SCMP_ACT_KILL', errnoRet: 1 })],
    ['default errno with ALLOW', allowing({ defaultErrnoRet: 1 })],
    ['default errno with LOG', { defaultAction: 'SCMP_ACT_LOG', defaultErrnoRet: 38 }],
    ['listener without NOTIFY', allowing({ listenerPath: listener })],
    ['listener metadata without a listener', allowing({ listenerMetadata: 'm' })],
    ['NOTIFY', allowing({ listenerPath: listener, syscalls: [when(NOTIFY, undefined)] })],
    ['NOTIFY for a name that nobody knows', allowing({ listenerPath: listener, syscalls: [{ names: [NO_NAME], action: NOTIFY }] })],
    ['NOTIFY with an errno', allowing({ listenerPath: listener, syscalls: [when(NOTIFY, 1)] })],
    ['the flag TSYNC and a listener without NOTIFY', allowing({ listenerPath: listener, flags: [TSYNC] })],
    ['NOTIFY with the flag TSYNC, without a listener', allowing({ flags: [TSYNC], syscalls: [when(NOTIFY, undefined)] })],
    ['NOTIFY for a name that nobody knows, with the flag TSYNC', allowing({ listenerPath: listener, flags: [TSYNC], syscalls: [{ names: [NO_NAME], action: NOTIFY }] })],
    ...FLAGS.map(flag => [`NOTIFY with the flag ${flag}`, allowing({ listenerPath: listener, flags: [flag], syscalls: [when(NOTIFY, undefined)] })]),
    ['NOTIFY on every write', allowing({ listenerPath: listener, syscalls: [{ names: ['write'], action: NOTIFY }] })],
    ['NOTIFY on every write, without a listener', allowing({ syscalls: [{ names: ['write'], action: NOTIFY }] })],
    ['NOTIFY with listener metadata', allowing({ listenerPath: listener, listenerMetadata: 'm', syscalls: [when(NOTIFY, undefined)] })],
    ['NOTIFY without a listener', rules(when(NOTIFY, undefined))],
    ['NOTIFY for a name that nobody knows, without a listener', rules({ names: [NO_NAME], action: NOTIFY })],
    ['NOTIFY by default', { defaultAction: NOTIFY, listenerPath: listener }],
    ['NOTIFY by default, without a listener', { defaultAction: NOTIFY }],
    ['NOTIFY on write', allowing({ listenerPath: listener, syscalls: [{ names: ['write'], action: NOTIFY, args: [equal(0, 99)] }] })],
    ['NOTIFY on write that another rule comes before', allowing({ listenerPath: listener, syscalls: [{ names: ['write'], action: 'SCMP_ACT_LOG' }, { names: ['write'], action: NOTIFY }] })],
    ['two actions', rules(when(ERRNO, 1), when(ERRNO, 2))],
    ['two actions for one condition', rules(when(ERRNO, 1, equal(3, 1)), when(ERRNO, 2, equal(3, 1)))],
    ['one action twice for one condition', rules(when(ERRNO, 1, equal(3, 1)), when(ERRNO, 1, equal(3, 1)))],
    ['two actions for one condition, then one for all', rules(when(ERRNO, 1, equal(3, 1)), when(ERRNO, 2, equal(3, 1)), when(ERRNO, 1))],
    ['one action for all, then two for one condition', rules(when(ERRNO, 1), when(ERRNO, 1, equal(3, 1)), when(ERRNO, 2, equal(3, 1)))],
    ['two actions for conditions in another order', rules(when(ERRNO, 1, equal(3, 1), equal(4, 2)), when(ERRNO, 2, equal(4, 2), equal(3, 1)))],
    ['two actions for a condition and a part of it', rules(when(ERRNO, 1, equal(3, 1)), when(ERRNO, 2, equal(3, 1), equal(4, 2)))],
    ['a condition twice in a rule', rules(when(ERRNO, 1, equal(3, 1), equal(3, 1)))],
    ['a condition twice in a rule, and another action', rules(when(ERRNO, 1, equal(3, 1), equal(3, 2)), when(ERRNO, 2, equal(3, 2)))],
    ['two actions for a condition that is one in the low word', { ...X86_FAMILY, ...rules(when(ERRNO, 1, equal(3, 1)), when(ERRNO, 2, equal(3, 0x1_0000_0001))) }],
    ['two actions for a multiplexed call and its multiplexer', {
      ...X86_FAMILY,
      ...rules({ names: ['socket'], action: ERRNO, errnoRet: 1 }, { names: ['socketcall'], action: ERRNO, errnoRet: 2, args: [equal(0, 1)] }),
    }],
    ['two actions for a multiplexed call under conditions that its multiplexer has not', {
      ...X86_FAMILY,
      ...rules({ names: ['socket'], action: ERRNO, errnoRet: 1, args: [equal(0, 38)] }, { names: ['socket'], action: ERRNO, errnoRet: 2, args: [equal(0, 40)] }),
    }],
    ['only names that nobody knows', rules({ names: [NO_NAME], action: ERRNO })],
    ['a rule that says what the default says', rules(when(ALLOW, undefined))],
    ['no rules', rules()],
  ]);
}
