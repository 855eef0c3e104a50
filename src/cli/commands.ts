import type { Command } from 'commander';
import type { Io, Status } from './io';

/** Adds arguments and options to a command and gives back what it does with them. */
export type Define = (command: Command, io: Io) => (...args: any[]) => Status;

interface Entry {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Define;
}

/** Every command, each loaded only when it is asked for. */
export const COMMANDS: readonly Entry[] = [
  {
    name: 'lint',
    usage: '[options] FILE…',
    summary: 'judge profiles by what nodes make of them',
    load: () => (require('./commands/lint') as typeof import('./commands/lint')).lint,
  },
  {
    name: 'check',
    usage: '[options] PATH…',
    summary: 'judge manifests: what pods say about seccomp, and whether their profiles get to their nodes',
    load: () => (require('./commands/check') as typeof import('./commands/check')).check,
  },
  {
    name: 'explain',
    usage: '[options] FILE SYSCALL',
    summary: 'what a node answers to a system call, and why',
    load: () => (require('./commands/explain') as typeof import('./commands/explain')).explain,
  },
  {
    name: 'threads',
    usage: '[options] FILE',
    summary: 'whether threads start, by C library and runtime',
    load: () => (require('./commands/threads') as typeof import('./commands/threads')).threads,
  },
  {
    name: 'diff',
    usage: '[options] BEFORE AFTER',
    summary: 'the calls that two profiles answer differently',
    load: () => (require('./commands/diff') as typeof import('./commands/diff')).diff,
  },
  {
    name: 'for-node',
    usage: '[options] FILE ARCH',
    summary: 'print the document for one kind of node; expands the format of Docker and Podman',
    load: () => (require('./commands/for-node') as typeof import('./commands/for-node')).forNode,
  },
  {
    name: 'export',
    usage: '[options] FILE',
    summary: 'print the machine configuration that places the document on a node',
    load: () => (require('./commands/export') as typeof import('./commands/export')).exportDocument,
  },
  {
    name: 'merge',
    usage: '[options] FILE FILE…',
    summary: 'make one profile of several and print it',
    load: () => (require('./commands/merge') as typeof import('./commands/merge')).merge,
  },
  {
    name: 'audit',
    usage: '[options] [FILE…]',
    summary: 'what seccomp denied or logged, from the audit records in logs',
    load: () => (require('./commands/audit') as typeof import('./commands/audit')).audit,
  },
  {
    name: 'record',
    usage: '[options] FILE…',
    summary: 'make an allowlist of the calls that audit records show',
    load: () => (require('./commands/record') as typeof import('./commands/record')).record,
  },
  {
    name: 'diagnose',
    usage: '[options] [FILE…]',
    summary: 'what errors in logs and events come from, and what to do',
    load: () => (require('./commands/diagnose') as typeof import('./commands/diagnose')).diagnose,
  },
  {
    name: 'probe-report',
    usage: '[options] [FILE]',
    summary: 'on which nodes threads do not start, from the logs of a ThreadProbe',
    load: () => (require('./commands/probe-report') as typeof import('./commands/probe-report')).probeReport,
  },
  {
    name: 'rules',
    usage: '[ID]',
    summary: 'list the rules of check and lint, or print one with its reason',
    load: () => (require('./commands/rules') as typeof import('./commands/rules')).rules,
  },
];
