import { letterOfByte } from '../byte-letters';
import type { SymbolWords } from './symbol-words';
import type { WordCounts } from './word-counts';

/** The symbols that byte-level words begin as. */
export interface ByteAlphabet {
  /** Letters (byte-letters.ts) by symbol, in the order of their code points, as the official trainer numbers them. */
  readonly names: string[];
  /** Symbol of each byte; -1 for none. */
  readonly symbolOf: Int32Array;
}

/** @param counts restricts the alphabet to the bytes that occur; without it, all 256. @param first the first symbol's id */
export function byteAlphabet(counts?: WordCounts): ByteAlphabet {
  const seen = new Uint8Array(256).fill(counts ? 0 : 1);
  if (counts) for (let at = 0, { bytes, byteLength } = counts; at < byteLength; at++) seen[bytes[at]!] = 1;
  const used = [...seen.keys()].filter((byte) => seen[byte]);
  used.sort((a, b) => letterOfByte[a]! - letterOfByte[b]!);
  const symbolOf = new Int32Array(256).fill(-1);
  for (const [symbol, byte] of used.entries()) symbolOf[byte] = symbol;
  return { names: used.map((byte) => String.fromCharCode(letterOfByte[byte]!)), symbolOf };
}

/** Words as one symbol a byte. @param offset added to each symbol: ids before it belong to special tokens */
export function byteWords(counts: WordCounts, { symbolOf }: ByteAlphabet, offset = 0): SymbolWords {
  const { bytes, byteLength, size } = counts;
  const ids = new Int32Array(byteLength);
  for (let at = 0; at < byteLength; at++) ids[at] = symbolOf[bytes[at]!]! + offset;
  const starts = new Uint32Array(size + 1);
  const often = new Float64Array(size);
  for (let word = 0; word < size; word++) {
    starts[word + 1] = counts.start(word + 1);
    often[word] = counts.count(word);
  }
  return { ids, starts, counts: often };
}
