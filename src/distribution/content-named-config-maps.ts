import { createHash } from 'crypto';
import { ApiObject, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** Bytes of one ConfigMap as JSON: `kubectl apply` and Argo CD write all of it into an annotation, and annotations are limited to 256 KiB. */
const SHARE_BYTES = 240 * 1024;

/** One file of the installer's source: a key of a ConfigMap, mounted at a path. */
export interface SourceFile {
  readonly key: string;
  readonly path: string;
  readonly text: string;
}

/**
 * Files in as many immutable ConfigMaps as they need. The name of each changes with its content, so no kubelet has to watch it, and the files of a running
 * pod never change.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable
 */
export class ContentNamedConfigMaps {
  private readonly made: ContentNamedConfigMap[] = [];

  public constructor(private readonly scope: Construct, private readonly metadata: k8s.ObjectMeta, private readonly files: () => SourceFile[]) {
    this.makeRoom();
  }

  /** Makes more ConfigMaps if the files need them. Call it after files were added. */
  public makeRoom(): void {
    for (let index = this.made.length; index < this.shares().length; index++) {
      const id = index === 0 ? 'ConfigMap' : `ConfigMap${index + 1}`;
      this.made.push(new ContentNamedConfigMap(this.scope, id, this.metadata, () => this.shares()[index]));
    }
  }

  /** The ConfigMaps made so far, in the order of their ids. */
  public get configMaps(): ApiObject[] {
    return [...this.made];
  }

  /** The volume with all files. */
  public volume(name: string): k8s.Volume {
    const sources = this.made.map(configMap => configMap.source());
    if (sources.length === 1) return { name, configMap: { ...sources[0], defaultMode: 0o444 } };
    return { name, projected: { sources: sources.map(configMap => ({ configMap })), defaultMode: 0o444 } };
  }

  /** Returns the files of each ConfigMap, in their order. */
  private shares(): SourceFile[][] {
    const shares: SourceFile[][] = [[]];
    let size = 0;
    for (const file of this.files()) {
      const bytes = Buffer.byteLength(JSON.stringify([file.key, file.text]));
      if (size > 0 && size + bytes > SHARE_BYTES) {
        shares.push([]);
        size = 0;
      }
      shares[shares.length - 1].push(file);
      size += bytes;
    }
    return shares;
  }
}

class ContentNamedConfigMap extends k8s.KubeConfigMap {
  public constructor(scope: Construct, id: string, metadata: k8s.ObjectMeta, private readonly files: () => SourceFile[]) {
    super(scope, id, { metadata, immutable: true, data: Lazy.any({ produce: () => this.data() }) });
  }

  public source(): { name: string; items: k8s.KeyToPath[] } {
    return { name: this.contentName(), items: this.files().map(({ key, path }) => ({ key, path })) };
  }

  public toJson(): any {
    const json = super.toJson();
    return { ...json, metadata: { ...json.metadata, name: this.contentName() } };
  }

  private contentName(): string {
    return `${this.name}-${createHash('sha256').update(JSON.stringify(Object.entries(this.data()).sort())).digest('hex').slice(0, 10)}`;
  }

  private data(): Record<string, string> {
    return Object.fromEntries(this.files().map(({ key, text }) => [key, text]));
  }
}
