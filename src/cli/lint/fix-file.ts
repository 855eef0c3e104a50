import { LintedFile } from './files';
import { ProfileLinter } from '../../lint/profile-linter';

/** Returns a file's text with the mechanical fixes of all its profiles. */
export function fixText({ file, profiles }: LintedFile, linter: ProfileLinter): string {
  let text = file.text;
  const done = new Set<number>();
  // Backwards, so that earlier offsets stay valid.
  const sources = profiles.filter(({ isReadable }) => isReadable)
    .flatMap(({ source, profile }) => source ? [{ ...source, before: profile.text }] : []);
  for (const { range: [begin, end], write, before } of sources.sort((one, other) => other.range[0] - one.range[0])) {
    // Aliases refer to the same text.
    if (done.has(begin)) continue;
    done.add(begin);
    const fixed = linter.fix(before);
    if (fixed !== before) text = text.slice(0, begin) + write(fixed) + text.slice(end);
  }
  return text;
}
