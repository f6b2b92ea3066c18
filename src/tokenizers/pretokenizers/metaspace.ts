import type { AlignedText } from '../aligned-text';
import { matchPoints, splitAt } from './split';

/** Options of `metaspace`. */
export interface MetaspaceOptions {
  /** Usually U+2581. */
  readonly replacement: string;
  /** Whether a mark is put in front: always, only at the very start of the text, or never. */
  readonly prepend: 'always' | 'first' | 'never';
  readonly split: boolean;
}

/** SentencePiece's spaces: each becomes a visible mark, and words begin with one. */
export function metaspace(source: AlignedText, options: MetaspaceOptions): AlignedText[] {
  const mark = options.replacement.codePointAt(0)!;
  const spaces: [number, number][] = [];
  source.points.forEach((point, i) => {
    if (point === 0x20) spaces.push([i, i + 1]);
  });
  let text = source.replace(spaces, options.replacement);
  const wanted = options.prepend === 'always' || (options.prepend === 'first' && text.starts[0] === 0);
  if (wanted && text.points[0] !== mark) text = text.prepend(options.replacement);
  if (!options.split) return [text];
  return splitAt(
    text,
    matchPoints(text, (point) => point === mark),
    'MergedWithNext',
  );
}
