import { ProcessOptions, ProcessResult, RunningProcess } from './processes';

/** A node to run containers on: this machine in namespaces of its own, or an emulated one. Its directories have the same paths there and here. */
export interface ContainerHost {
  /** A directory to work in. */
  readonly directory: string;
  /** A fresh directory on the node that everybody can enter, whatever the umask. */
  makeDirectory(name: string): string;
  uniqueName(name: string): string;
  start(argv: readonly string[], options?: ProcessOptions): RunningProcess;
  run(argv: readonly string[], options?: ProcessOptions): Promise<ProcessResult>;
  runOrThrow(argv: readonly string[], options?: ProcessOptions): Promise<string>;
  stop(): Promise<void>;
}

/** Does what has to succeed for a host to be of use. */
export async function stopUnless<T>(host: ContainerHost, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    await host.stop();
    throw error;
  }
}
