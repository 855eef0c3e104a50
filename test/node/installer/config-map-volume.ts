import { existsSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

/** Text by path. */
export type Files = Readonly<Record<string, string>>;

/**
 * A directory written as the kubelet writes a ConfigMap volume: the files in a dated directory, `..data` a link to it, and what the
 * pod sees are links through `..data`. An update swings that one link and then deletes the old directory.
 */
export class ConfigMapVolume {
  private revision = 0;

  public constructor(public readonly path: string, files: Files) {
    this.update(files);
  }

  /** Where the files are until the next update. */
  public get snapshot(): string {
    return join(this.path, readlinkSync(join(this.path, '..data')));
  }

  public update(files: Files): void {
    const link = join(this.path, '..data');
    const old = existsSync(link) ? join(this.path, readlinkSync(link)) : undefined;
    this.revision += 1;
    const revision = `..2026_01_01_00_00_00.${this.revision}`;
    mkdirSync(join(this.path, revision));
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.path, revision, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o444 });
    }
    symlinkSync(revision, `${link}_tmp`);
    renameSync(`${link}_tmp`, link);
    for (const top of new Set(Object.keys(files).map(path => path.split('/')[0]))) {
      if (!existsSync(join(this.path, top))) symlinkSync(`..data/${top}`, join(this.path, top));
    }
    if (old) rmSync(old, { recursive: true });
  }
}
