import type { PointWords } from './seed-pieces';
import type { WordCounts } from './word-counts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Counted words as code points. @param before put before each word, such as ▁ */
export function pointWords(counts: WordCounts, before = ''): PointWords {
  let points = new Uint32Array(counts.byteLength + counts.size * before.length);
  const starts = new Uint32Array(counts.size + 1);
  const often = new Float64Array(counts.size);
  let size = 0;
  for (let word = 0; word < counts.size; word++) {
    const text = before + decoder.decode(counts.bytes.subarray(counts.start(word), counts.start(word + 1)));
    for (const character of text) points[size++] = character.codePointAt(0)!;
    starts[word + 1] = size;
    often[word] = counts.count(word);
  }
  points = points.slice(0, size);
  return { points, starts, counts: often };
}
