import { enlarged } from '../../core/enlarged';
import { byteOfLetter } from '../byte-letters';
import { drain } from '../files/steps';
import { MergeTable } from '../models/merge-table';
import { queuedMerges } from '../models/queued-merges';
import type { SymbolWords } from './symbol-words';
import { WordCounts } from './word-counts';

const SPACE = 0x20;

/** Bytes that are merged in a step, at least; about a millisecond where their words are new. */
const STEP = 1024;

/** Merges as bytes' words are rewritten by them. */
export interface ReplayedMerges {
  readonly names: readonly string[];
  readonly merges: readonly (readonly [left: number, right: number])[];
  /** Symbol of each byte. */
  readonly symbolOf: Int32Array;
}

/**
 * Applies merges, in their order, to long stretches of text. No token of a vocabulary that words were divided for holds
 * a space behind another character; then a stretch can be cut before its spaces, and each different part is merged once.
 */
export class MergeReplay {
  readonly #table: MergeTable;
  readonly #symbolOf: Int32Array;
  readonly #cutsAtSpaces: boolean;
  readonly #parts = new WordCounts();
  readonly #known: Int32Array[] = [];

  constructor({ names, merges, symbolOf }: ReplayedMerges) {
    const idOf = new Map(names.map((name, id) => [name, id]));
    const flat = new Int32Array(merges.length * 3);
    for (const [rank, [left, right]] of merges.entries()) {
      flat.set([left, right, idOf.get(names[left]! + names[right]!)!], rank * 3);
    }
    this.#table = new MergeTable(flat);
    this.#symbolOf = symbolOf;
    this.#cutsAtSpaces = names.every(hasNoInnerSpace);
  }

  /** Symbols of every word, merged. */
  *words(counts: WordCounts): Generator<number, SymbolWords> {
    const starts = new Uint32Array(counts.size + 1);
    const often = new Float64Array(counts.size);
    let ids = new Int32Array(1 << 16);
    let [size, told] = [0, 0];
    for (let word = 0; word < counts.size; word++) {
      const end = counts.start(word + 1);
      for (let from = counts.start(word); from < end; ) {
        const to = this.#cutsAtSpaces ? partEnd(counts.bytes, from, end) : end;
        const symbols = this.#merged(counts.bytes, from, to);
        if (size + symbols.length > ids.length)
          ids = enlarged(ids, Math.max(ids.length * 2, size + symbols.length));
        ids.set(symbols, size);
        size += symbols.length;
        from = to;
      }
      starts[word + 1] = size;
      often[word] = counts.count(word);
      if (end - told < STEP) continue;
      told = end;
      yield word / counts.size;
    }
    return { ids: ids.slice(0, size), starts, counts: often };
  }

  #merged(bytes: Uint8Array, from: number, to: number): Int32Array {
    const part = this.#parts.add(bytes, from, to);
    const known = this.#known[part];
    if (known) return known;
    const symbols = { ids: [] as number[], starts: [] as number[], ends: [] as number[] };
    for (let at = from; at < to; at++) {
      symbols.ids.push(this.#symbolOf[bytes[at]!]!);
      symbols.starts.push(at);
      symbols.ends.push(at + 1);
    }
    const merged = drain(queuedMerges(this.#table, symbols)).filter((_, i) => i % 3 === 0);
    this.#known[part] = merged;
    return merged;
  }
}

/** The end of a part: the next space that follows something else. */
function partEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from + 1;
  while (at < end && !(bytes[at] === SPACE && bytes[at - 1] !== SPACE)) at++;
  return at;
}

function hasNoInnerSpace(name: string): boolean {
  for (let i = 1; i < name.length; i++) {
    if (byteOfLetter.get(name.charCodeAt(i)) === SPACE && byteOfLetter.get(name.charCodeAt(i - 1)) !== SPACE)
      return false;
  }
  return true;
}
