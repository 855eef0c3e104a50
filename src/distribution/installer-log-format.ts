/**
 * Format of the installer's log.
 */
export enum InstallerLogFormat {
  /** `2026-01-31T12:00:00Z installed /target/profiles/app.json (amd64): it was missing`. */
  TEXT = 'text',

  /** One JSON object per line, with `time`, `level` (`info` or `error`) and `message`. */
  JSON = 'json',
}
