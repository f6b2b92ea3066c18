import { encodeUtf8 } from '../../core/text/utf8';
import { AlignedText, pointsOf, utf8LengthOf } from '../aligned-text';
import type { PrecompiledMap } from './precompiled';

/**
 * Normalizes as SentencePiece itself does: repeatedly, the longest key that the rest of the text begins with
 * is replaced (Normalizer::NormalizePrefix). Hugging Face's library, reading the same map, goes by graphemes.
 */
export function replaceLongestPrefixes(source: AlignedText, map: PrecompiledMap): AlignedText {
  const bytes = encodeUtf8(source.text);
  const points: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let changed = false;
  for (let byte = 0, i = 0; i < source.length; ) {
    const found = map.longestAt(bytes, byte);
    const from = i;
    const until = byte + (found?.length ?? 1);
    while (byte < until) byte += utf8LengthOf(source.points[i++]!);
    changed ||= found !== undefined;
    for (const point of found ? pointsOf(found.replacement) : [source.points[from]!]) {
      points.push(point);
      starts.push(source.starts[from]!);
      ends.push(source.ends[i - 1]!);
    }
  }
  if (!changed) return source;
  return new AlignedText(
    Uint32Array.from(points),
    Uint32Array.from(starts),
    Uint32Array.from(ends),
    source.base,
  );
}
