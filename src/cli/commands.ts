import type { Command } from 'commander';
import type { Io, Status } from './io';

/** Adds arguments and options to a command and returns its action. */
export type Define = (command: Command, io: Io) => (...args: any[]) => Status;

interface Entry {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Define;
}

/** Every command. A command is loaded only when it is called. */
export const COMMANDS: readonly Entry[] = [
  {
    name: 'lint',
    usage: '[options] FILE…',
    summary: 'find faults in profiles, for each kind of node and runtime',
    load: () => (require('./lint/command') as typeof import('./lint/command')).lint,
  },
  {
    name: 'check',
    usage: '[options] PATH…',
    summary: 'find faults in manifests: modes of pods, and profiles that do not get to nodes',
    load: () => (require('./check/command') as typeof import('./check/command')).check,
  },
  {
    name: 'explain',
    usage: '[options] FILE SYSCALL',
    summary: 'show what a node answers to a system call, and why',
    load: () => (require('./explain/command') as typeof import('./explain/command')).explain,
  },
  {
    name: 'threads',
    usage: '[options] FILE',
    summary: 'show whether threads start, by C library and runtime',
    load: () => (require('./threads/command') as typeof import('./threads/command')).threads,
  },
  {
    name: 'diff',
    usage: '[options] BEFORE AFTER',
    summary: 'list the calls that two profiles answer differently',
    load: () => (require('./diff/command') as typeof import('./diff/command')).diff,
  },
  {
    name: 'for-node',
    usage: '[options] FILE ARCH',
    summary: 'print the document for one kind of node; expand the format of Docker and Podman',
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
    summary: 'merge profiles into one and print it',
    load: () => (require('./merge/command') as typeof import('./merge/command')).merge,
  },
  {
    name: 'audit',
    usage: '[options] [FILE…]',
    summary: 'list the calls that seccomp denied or logged, from the audit records in logs',
    load: () => (require('./audit/command') as typeof import('./audit/command')).audit,
  },
  {
    name: 'record',
    usage: '[options] FILE…',
    summary: 'print an allowlist of the calls in audit records',
    load: () => (require('./record/command') as typeof import('./record/command')).record,
  },
  {
    name: 'diagnose',
    usage: '[options] [FILE…]',
    summary: 'find the causes of errors in logs and events, and the fixes',
    load: () => (require('./diagnose/command') as typeof import('./diagnose/command')).diagnose,
  },
  {
    name: 'probe-report',
    usage: '[options] [FILE]',
    summary: 'list the nodes on which threads do not start, from the logs of a ThreadProbe',
    load: () => (require('./probe-report/command') as typeof import('./probe-report/command')).probeReport,
  },
  {
    name: 'rules',
    usage: '[ID]',
    summary: 'list the rules of check and lint, or explain one',
    load: () => (require('./rules/command') as typeof import('./rules/command')).rules,
  },
];
