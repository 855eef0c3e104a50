import { LintedFile } from './files';
import { ProfileLinter } from '../../lint/profile-linter';

/** A file's text with the mechanical fixes of all its profiles. */
export function fixText({ file, profiles }: LintedFile, linter: ProfileLinter): string {
  let text = file.text;
  const done = new Set<number>();
  // From the end, so that what stands before stays where it is.
  for (const { source } of [...profiles].sort((one, other) => begin(other) - begin(one))) {
    // An alias shows the same text again.
    if (!source || done.has(source.range[0])) continue;
    done.add(source.range[0]);
    const fixed = linter.fix(source.text);
    if (fixed === source.text) continue;
    text = text.slice(0, source.range[0]) + source.write(fixed) + text.slice(source.range[1]);
  }
  return text;
}

function begin({ source }: LintedFile['profiles'][number]): number {
  return source?.range[0] ?? 0;
}
