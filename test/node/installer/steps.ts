import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ConfigMapVolume } from './config-map-volume';
import { DOCUMENT, OLD } from './fault-host';
import { copySiblings, SCRIPT, withDigests } from './installer';
import { NamedUserland } from './userlands';
import { ProcessResult } from '../runtimes/processes';
import { TestNode } from '../runtimes/test-node';

const TOOLS = ['cat', 'chmod', 'date', 'find', 'mkdir', 'mktemp', 'mv', 'rm', 'sed', 'sha256sum', 'sort', 'stat', 'sync', 'tr', 'uname'];

/**
 * Stands before the script, so that the script itself stays as it is: every call of a tool counts as a step, and at the step with the
 * given number something happens before the tool runs. A copy counts twice: before its first byte and after half of them.
 */
const PRELUDE = `
step() {
  read -r step <"$STEPS/count"
  step=$((step + 1))
  # Two tools of a pipe come at the same time. Not with ":", after whose failure busybox would not end the subshell.
  until (set -C; true >"$STEPS/step-$step") 2>/dev/null; do step=$((step + 1)); done
  echo "$step" >"$STEPS/count"
  echo "$step $*" >>"$STEPS/log"
  [ "$step" != "$AT" ] || happen
}
${TOOLS.filter(tool => tool !== 'cat').map(tool => `${tool}() { step ${tool}; command ${tool} "$@"; }`).join('\n')}
cat() { step cat; command head -c 2000 "$1"; step cat; command tail -c +2001 "$1"; }
`;

/** Kills the installer and all that it runs at one blow, as the kernel does to a container. */
export const KILL = 'happen() { kill -9 0; }';

/** Publishes the next version of the ConfigMap and deletes the old one, as the kubelet does. */
export const SWAP = 'happen() { command mv -T "$SOURCE_DIR/..next" "$SOURCE_DIR/..data"; command rm -r "$SOURCE_DIR"/..2026*.1; }';

/** Puts a link to a directory outside in the place of the directory that the profile goes to. */
export const DIVERT = 'happen() { command mv "$TARGET_DIR/profiles/app" "$TARGET_DIR/moved" 2>/dev/null; command ln -s "$OUTSIDE" "$TARGET_DIR/profiles/app" 2>/dev/null; :; }';

export interface StepHost {
  readonly source: ConfigMapVolume;
  readonly target: string;
  readonly outside: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function stepHost(node: TestNode): StepHost {
  return {
    source: new ConfigMapVolume(node.makeDirectory('source'), withDigests({ [DOCUMENT]: OLD })),
    target: node.makeDirectory('target'),
    outside: node.makeDirectory('outside'),
  };
}

/** Runs the script on the node, with something that happens at one step, or at none. */
export async function runSteps(
  node: TestNode, host: StepHost, { onNode }: NamedUserland, happen = '', at = 0, text = readFileSync(SCRIPT, 'utf8'),
): Promise<{ readonly result: ProcessResult; readonly steps: string[] }> {
  const directory = node.makeDirectory('steps');
  writeFileSync(join(directory, 'count'), '0\n');
  writeFileSync(join(directory, 'log'), '');
  const env = { ...host.env, OUTSIDE: host.outside, STEPS: directory, AT: String(at) };
  const result = await runOnNode(node, { ...host, env }, { onNode }, `${PRELUDE}${happen}\n${text}`);
  return { result, steps: readFileSync(join(directory, 'log'), 'utf8').trim().split('\n') };
}

/** Runs the script on the node, bounded in time. */
export async function runOnNode(
  node: TestNode, { source, target, env }: StepHost, { onNode }: Pick<NamedUserland, 'onNode'>, text = readFileSync(SCRIPT, 'utf8'),
): Promise<ProcessResult> {
  const directory = node.makeDirectory('scripts');
  copySiblings(directory);
  writeFileSync(join(directory, 'install.sh'), text);
  const variables = { PATH: onNode.path, SOURCE_DIR: source.path, TARGET_DIR: target, OWNER: 'test', ...env };
  return node.run([
    '/usr/bin/env', '-i', ...Object.entries(variables).map(([name, value]) => `${name}=${value}`), onNode.shell, join(directory, 'install.sh'), 'once',
  ], { timeoutMs: 5_000 });
}
