import { join } from 'path';
import { ConfigMapVolume } from './config-map-volume';
import { documentPath, Installer, InstallerProps, withDigests } from './installer';
import { NodeArchitecture } from '../../../src';
import { TestNode } from '../runtimes/test-node';

export const PROFILE = 'profiles/app/main.json';
export const DOCUMENT = documentPath(PROFILE, NodeArchitecture.AMD64);

/** Two versions of the profile, of the same size. */
export const [OLD, NEW] = ['ALLOW', 'TRACE'].map(action =>
  JSON.stringify({ defaultAction: `SCMP_ACT_${action}`, syscalls: [{ names: ['mount'.repeat(1000)], action: 'SCMP_ACT_ERRNO' }] }, undefined, 2));

/** A host of its own for one installer: a small disk with the kubelet's seccomp directory, and a directory that is none of its business. */
export class FaultHost {
  public static async make(node: TestNode): Promise<FaultHost> {
    const disk = node.makeDirectory('disk');
    await node.runOrThrow(['mount', '-t', 'tmpfs', '-o', 'size=256k,mode=755', 'tmpfs', disk]);
    const host = new FaultHost(node, disk, new ConfigMapVolume(node.makeDirectory('source'), withDigests({ [DOCUMENT]: OLD })));
    await host.sh('mkdir "$TARGET" "$OUTSIDE"; echo precious >"$OUTSIDE/file"');
    return host;
  }

  private constructor(private readonly node: TestNode, private readonly disk: string, public readonly source: ConfigMapVolume) {}

  public installer(props: Omit<InstallerProps, 'source' | 'target'>): Installer {
    return new Installer({ resyncSeconds: 1, ...props, source: this.source.path, target: join(this.disk, 'seccomp') });
  }

  public update(text = NEW): void {
    this.source.update(withDigests({ [DOCUMENT]: text }));
  }

  /** Runs a line of shell on the node, with $TARGET, $FILE and $OUTSIDE, and $SOURCE for the snapshot of the ConfigMap. */
  public async sh(line: string): Promise<string> {
    const target = join(this.disk, 'seccomp');
    const names = { DISK: this.disk, TARGET: target, FILE: join(target, PROFILE), OUTSIDE: join(this.disk, 'outside'), SOURCE: this.source.snapshot };
    const env = Object.entries(names).map(([name, value]) => `${name}=${value}`);
    return this.node.runOrThrow(['env', ...env, 'sh', '-euc', line]);
  }

  /** What is at the final name. */
  public async state(): Promise<'absent' | 'old' | 'new' | string> {
    const text = await this.sh('if [ -f "$FILE" ] && [ ! -L "$FILE" ]; then stat -c "%a %u %h" "$FILE"; cat "$FILE"; elif [ -e "$FILE" ] || [ -L "$FILE" ]; then stat -c %F "$FILE"; else echo absent; fi');
    if (text === `644 0 1\n${OLD}`) return 'old';
    if (text === `644 0 1\n${NEW}`) return 'new';
    return text.trim().slice(0, 40);
  }

  /** Everything below the kubelet's directory and outside of it, but for the profile and the records of the installers. */
  public async others(): Promise<string> {
    return this.sh('cd "$DISK"; find . ! -type d ! -path "./seccomp/profiles/app/main.json" ! -path "./seccomp/.cdk8s-seccomp/*/record" | sort | tr "\\n" " "; cat outside/file');
  }

  public async unmount(): Promise<void> {
    await this.node.run(['umount', '-l', this.disk]);
  }
}
