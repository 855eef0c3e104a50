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
    load: () => (require('./lint/command') as typeof import('./lint/command')).lint,
  },
  {
    name: 'check',
    usage: '[options] PATH…',
    summary: 'judge manifests: what pods say about seccomp, and whether their profiles get to their nodes',
    load: () => (require('./check/command') as typeof import('./check/command')).check,
  },
  {
    name: 'explain',
    usage: '[options] FILE SYSCALL',
    summary: 'what a node answers to a system call, and why',
    load: () => (require('./explain/command') as typeof import('./explain/command')).explain,
  },
  {
    name: 'threads',
    usage: '[options] FILE',
    summary: 'whether threads start, by C library and runtime',
    load: () => (require('./threads/command') as typeof import('./threads/command')).threads,
  },
  {
    name: 'diff',
    usage: '[options] BEFORE AFTER',
    summary: 'the calls that two profiles answer differently',
    load: () => (require('./diff/command') as typeof import('./diff/command')).diff,
  },
  {
    name: 'for-node',
    usage: '[options] FILE ARCH',
    summary: 'print the document for one kind of node; expands the format of Docker and Podman',
    load: () => (require('./for-node/command') as typeof import('./for-node/command')).forNode,
  },
  {
    name: 'export',
    usage: '[options] FILE',
    summary: 'print the machine configuration that places the document on a node',
    load: () => (require('./export/command') as typeof import('./export/command')).exportDocument,
  },
  {
    name: 'merge',
    usage: '[options] FILE FILE…',
    summary: 'make one profile of several and print it',
    load: () => (require('./merge/command') as typeof import('./merge/command')).merge,
  },
  {
    name: 'audit',
    usage: '[options] [FILE…]',
    summary: 'what seccomp denied or logged, from the audit records in logs',
    load: () => (require('./audit/command') as typeof import('./audit/command')).audit,
  },
  {
    name: 'record',
    usage: '[options] FILE…',
    summary: 'make an allowlist of the calls that audit records show',
    load: () => (require('./record/command') as typeof import('./record/command')).record,
  },
  {
    name: 'diagnose',
    usage: '[options] [FILE…]',
    summary: 'what errors in logs and events come from, and what to do',
    load: () => (require('./diagnose/command') as typeof import('./diagnose/command')).diagnose,
  },
  {
    name: 'probe-report',
    usage: '[options] [FILE]',
    summary: 'on which nodes threads do not start, from the logs of a ThreadProbe',
    load: () => (require('./probe-report/command') as typeof import('./probe-report/command')).probeReport,
  },
  {
    name: 'rules',
    usage: '[ID]',
    summary: 'list the rules of check and lint, or print one with its reason',
    load: () => (require('./rules/command') as typeof import('./rules/command')).rules,
  },
];
