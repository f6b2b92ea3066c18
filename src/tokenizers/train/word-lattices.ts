import { enlarged } from '../../core/enlarged';
import type { PointWords } from './seed-pieces';

/** Longest word that is estimated as a whole, in points: probabilities are multiplied, and doubles end at 1e-308. */
const LONGEST = 32;

/** The pieces that stand anywhere in the words: edges of one lattice a word. Edges of a lattice ascend by `from`. */
export interface WordLattices {
  /** Lattices; a long word is several. */
  readonly size: number;
  /** First edge of each lattice, and the end of the last one. */
  readonly first: Uint32Array;
  /** Points of each lattice. */
  readonly lengths: Uint8Array;
  readonly counts: Float64Array;
  /** from | to << 8, within the lattice. */
  readonly spans: Uint16Array;
  /** The piece of each edge. */
  readonly pieces: Int32Array;
}

/** Finds every piece in every word. */
export function* wordLattices(words: PointWords, pieces: readonly string[]): Generator<number, WordLattices> {
  const { points, starts } = words;
  const roots = trieOf(pieces);
  const first: number[] = [0];
  const lengths: number[] = [];
  const counts: number[] = [];
  let spans = new Uint16Array(1 << 16);
  let ids = new Int32Array(1 << 16);
  let size = 0;
  for (let word = 0; word < words.counts.length; word++) {
    for (let start = starts[word]!; start < starts[word + 1]!; start += LONGEST) {
      const end = Math.min(starts[word + 1]!, start + LONGEST);
      for (let from = start; from < end; from++) {
        let node = roots;
        for (let at = from; at < end; at++) {
          const child = node.children.get(points[at]!);
          if (!child) break;
          node = child;
          if (node.piece < 0) continue;
          if (size === ids.length) {
            spans = enlarged(spans);
            ids = enlarged(ids);
          }
          spans[size] = (from - start) | ((at + 1 - start) << 8);
          ids[size++] = node.piece;
        }
      }
      lengths.push(end - start);
      counts.push(words.counts[word]!);
      first.push(size);
    }
    if ((word & 1023) === 1023) yield word / words.counts.length;
  }
  return {
    size: lengths.length,
    first: Uint32Array.from(first),
    lengths: Uint8Array.from(lengths),
    counts: Float64Array.from(counts),
    spans: spans.slice(0, size),
    pieces: ids.slice(0, size),
  };
}

/** The same lattices with the pieces that are kept, by their new ids. @param newId -1 for a piece that goes */
export function keepPieces(lattices: WordLattices, newId: Int32Array): WordLattices {
  const { size, first, spans, pieces } = lattices;
  const kept = new Uint32Array(size + 1);
  const outSpans = new Uint16Array(spans.length);
  const outPieces = new Int32Array(pieces.length);
  let at = 0;
  for (let lattice = 0; lattice < size; lattice++) {
    for (let edge = first[lattice]!; edge < first[lattice + 1]!; edge++) {
      const id = newId[pieces[edge]!]!;
      if (id < 0) continue;
      outSpans[at] = spans[edge]!;
      outPieces[at++] = id;
    }
    kept[lattice + 1] = at;
  }
  return { ...lattices, first: kept, spans: outSpans.slice(0, at), pieces: outPieces.slice(0, at) };
}

interface Node {
  piece: number;
  readonly children: Map<number, Node>;
}

function trieOf(pieces: readonly string[]): Node {
  const root: Node = { piece: -1, children: new Map() };
  for (const [id, piece] of pieces.entries()) {
    let node = root;
    for (const character of piece) {
      const point = character.codePointAt(0)!;
      let child = node.children.get(point);
      if (!child) {
        child = { piece: -1, children: new Map() };
        node.children.set(point, child);
      }
      node = child;
    }
    node.piece = id;
  }
  return root;
}
