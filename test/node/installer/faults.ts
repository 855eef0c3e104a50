import { DOCUMENT, FaultHost, NEW } from './fault-host';
import { withDigests } from './installer';

export interface Fault {
  readonly name: string;
  readonly strike: (host: FaultHost) => unknown;
  /** What the installer says of it. */
  readonly says: string;
  /** What is at the final name while the fault lasts. */
  readonly leaves?: string;
  /** What it takes to end the fault; without it the installer heals it. */
  readonly end?: (host: FaultHost) => unknown;
  /** @default "new" if there is an end, "old" if not */
  readonly then?: 'old' | 'new';
}

const sh = (line: string) => async (host: FaultHost) => host.sh(line);

/** A new version is published while something is wrong. */
const update = (line: string) => async (host: FaultHost) => {
  await host.sh(line);
  host.update();
};

const withDigestOf = (path: string) => {
  const files = withDigests({ [DOCUMENT]: NEW, [path]: '{}' });
  return { [DOCUMENT]: NEW, 'documents.sha256': files['documents.sha256'] };
};

export const FAULTS: readonly Fault[] = [
  {
    name: 'disk full',
    strike: update('cat /dev/zero >"$DISK/fill" 2>/dev/null || true'),
    says: 'No space left on device',
    leaves: 'old',
    end: sh('rm "$DISK/fill"'),
  },
  {
    name: 'read-only host path',
    strike: update('mount -o remount,ro "$DISK"'),
    says: 'Read-only file system',
    leaves: 'old',
    end: sh('mount -o remount,rw "$DISK"'),
  },
  {
    name: 'directory without write permission',
    strike: update('chmod 0500 "$TARGET/profiles/app"'),
    says: 'Permission denied',
    leaves: 'old',
    end: sh('chmod 0755 "$TARGET/profiles/app"'),
  },
  {
    name: 'directory where the file should be',
    strike: sh('rm "$FILE"; mkdir "$FILE"; touch "$FILE/precious"'),
    says: 'main.json not installed: is a directory, expected a file',
    leaves: 'directory',
    end: sh('rm "$FILE/precious"; rmdir "$FILE"'),
    then: 'old',
  },
  {
    name: 'file where a directory should be',
    strike: sh('rm -r "$TARGET/profiles/app"; touch "$TARGET/profiles/app"'),
    says: 'File exists',
    leaves: 'absent',
    end: sh('rm "$TARGET/profiles/app"'),
    then: 'old',
  },
  {
    name: 'link on the way',
    strike: sh('mv "$TARGET/profiles" "$DISK/moved"; ln -s ../moved "$TARGET/profiles"'),
    says: '/target/profiles is a symbolic link, expected a directory',
    end: sh('rm "$TARGET/profiles"; rm -r "$DISK/moved"'),
    then: 'old',
  },
  { name: 'link at the target', strike: sh('ln -sf /outside/file "$FILE"'), says: 'it was a link' },
  { name: 'link to a copy at the target', strike: sh('mv "$FILE" "$OUTSIDE/copy"; ln -s ../../../outside/copy "$FILE"; sleep 1.5; rm "$OUTSIDE/copy"'), says: 'it was a link' },
  { name: 'pipe at the target', strike: sh('rm "$FILE"; mkfifo "$FILE"'), says: 'it was not a file' },
  { name: 'file replaced', strike: sh('echo "{}" >"$FILE.x"; mv "$FILE.x" "$FILE"'), says: 'it was changed' },
  { name: 'file changed in one byte', strike: sh('printf "[" | dd of="$FILE" conv=notrunc status=none'), says: 'it was changed' },
  { name: 'file truncated', strike: sh('truncate -s 100 "$FILE"'), says: 'it was changed' },
  { name: 'file emptied', strike: sh(': >"$FILE"'), says: 'it was changed' },
  { name: 'file removed', strike: sh('rm "$FILE"'), says: 'it was missing' },
  { name: 'directories removed', strike: sh('rm -r "$TARGET/profiles"'), says: 'it was missing' },
  { name: 'mode changed', strike: sh('chmod 0666 "$FILE"'), says: 'it was of another mode' },
  { name: 'mode without any permission', strike: sh('chmod 0 "$FILE"'), says: 'it was of another mode' },
  { name: 'owner changed', strike: sh('chown 1001 "$FILE"'), says: 'it was of another mode, owner' },
  { name: 'second name', strike: sh('ln "$FILE" "$OUTSIDE/second"; sleep 1.5; rm "$OUTSIDE/second"'), says: 'owner or link count' },
  { name: 'changed file of a far future', strike: sh('printf "[" | dd of="$FILE" conv=notrunc status=none; touch -d 2099-01-01 "$FILE"'), says: 'it was changed' },
  { name: 'changed file of 1970', strike: sh('printf "[" | dd of="$FILE" conv=notrunc status=none; touch -d 1970-01-02 "$FILE"'), says: 'it was changed' },
  {
    name: 'unreadable source',
    strike: async host => { host.update(); await host.sh(`chmod 0 "$SOURCE/${DOCUMENT}"`); },
    says: 'Permission denied',
    leaves: 'old',
    end: sh(`chmod 0444 "$SOURCE/${DOCUMENT}"`),
  },
  {
    name: 'unreadable digests',
    strike: async host => { host.update(); await host.sh('chmod 0 "$SOURCE/documents.sha256"'); },
    says: 'documents.sha256 has no digest of its document for amd64',
    leaves: 'old',
    end: sh('chmod 0444 "$SOURCE/documents.sha256"'),
  },
  {
    name: 'source torn',
    strike: host => host.source.update({ ...withDigests({ [DOCUMENT]: NEW }), [DOCUMENT]: NEW.slice(0, 2000) }),
    says: 'its source has not the digest that documents.sha256 says',
    leaves: 'old',
    end: host => host.update(),
  },
  {
    name: 'source with another digest',
    strike: host => host.source.update({ ...withDigests({ [DOCUMENT]: NEW }), [DOCUMENT]: '{}' }),
    says: 'its source has not the digest that documents.sha256 says',
    leaves: 'old',
    end: host => host.update(),
  },
  {
    name: 'source not JSON',
    strike: host => host.update(NEW.slice(0, 2000)),
    says: 'its source is not a JSON object',
    leaves: 'old',
    end: host => host.update(),
  },
  { name: 'empty ConfigMap', strike: host => host.source.update({}), says: 'no profile in /source', leaves: 'old', end: host => host.update() },
  {
    name: 'document gone from the ConfigMap',
    strike: host => host.source.update({ 'documents.sha256': withDigests({ [DOCUMENT]: NEW })['documents.sha256'], 'documents/x': '' }),
    says: 'has no document for this node',
    leaves: 'old',
    end: host => host.update(),
  },
  {
    name: 'path that leads out of the directory',
    strike: host => host.source.update(withDigestOf('documents/../../outside/file.json/amd64.json')),
    says: 'the source has a document for \\"../../outside/file.json\\"',
    leaves: 'new',
    end: host => host.update(),
  },
];
