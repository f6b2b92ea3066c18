import type { TokenSequence } from '../../core/text/token-sequence';

/** What ends a chunk, and how many tokens of each tokenizer it holds. Parallel arrays. */
export interface Chunks {
  /** Byte at which each chunk ends; it begins where the one before it ends. */
  readonly ends: Uint32Array;
  readonly teacher: Uint32Array;
  readonly student: Uint32Array;
}

/** Tokens between two looks at the clock. */
const BATCH = 4096;

/**
 * Aligned chunks of two segmentations of a text (ALM, arXiv 2503.20083): both are walked by the bytes they have covered,
 * and whenever these are equal, a chunk ends. Yields the share done.
 * @param length bytes of the text
 */
export function* alignedChunks(
  teacher: Pick<TokenSequence, 'ends'>,
  student: Pick<TokenSequence, 'ends'>,
  length: number,
): Generator<number, Chunks> {
  const ends: number[] = [];
  const counts = { teacher: [] as number[], student: [] as number[] };
  const first = teacher.ends;
  const second = student.ends;
  let [i, j, fromI, fromJ, steps] = [0, 0, 0, 0, 0];
  const close = (end: number) => {
    ends.push(end);
    counts.teacher.push(i - fromI);
    counts.student.push(j - fromJ);
    fromI = i;
    fromJ = j;
  };
  while (i < first.length && j < second.length) {
    const [a, b] = [first[i]!, second[j]!];
    // Several tokens of one character may end at the same byte.
    if (a <= b) i = pastEnd(first, i);
    if (b <= a) j = pastEnd(second, j);
    if (a === b && a > 0) close(a);
    if (++steps % BATCH === 0) yield Math.min(0.999, Math.max(a, b) / length);
  }
  // What only one of them has a token for, such as a space at the end.
  if (i < first.length || j < second.length || fromI < i || fromJ < j) {
    i = first.length;
    j = second.length;
    close(length);
  } else if (ends.length > 0) ends[ends.length - 1] = length;
  return {
    ends: Uint32Array.from(ends),
    teacher: Uint32Array.from(counts.teacher),
    student: Uint32Array.from(counts.student),
  };
}

function pastEnd(ends: Uint32Array, at: number): number {
  const end = ends[at]!;
  let next = at + 1;
  while (next < ends.length && ends[next]! <= end) next++;
  return next;
}

/** Chunks that only end where `keeps` says so, and at the end of the text. */
export function mergedChunks(chunks: Chunks, keeps: (chunk: number) => boolean): Chunks {
  const ends: number[] = [];
  const teacher: number[] = [];
  const student: number[] = [];
  let [a, b] = [0, 0];
  for (let chunk = 0; chunk < chunks.ends.length; chunk++) {
    a += chunks.teacher[chunk]!;
    b += chunks.student[chunk]!;
    if (chunk + 1 < chunks.ends.length && !keeps(chunk)) continue;
    ends.push(chunks.ends[chunk]!);
    teacher.push(a);
    student.push(b);
    a = 0;
    b = 0;
  }
  return {
    ends: Uint32Array.from(ends),
    teacher: Uint32Array.from(teacher),
    student: Uint32Array.from(student),
  };
}

/** Whether a space, a line break or the text's end is at a byte of its UTF-8 (White_Space of Unicode). */
export function spaceAt(bytes: Uint8Array, at: number): boolean {
  if (at >= bytes.length) return true;
  const [lead, second, third] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
  if (lead < 0x80) return lead === 0x20 || (lead >= 9 && lead <= 13);
  if (lead === 0xc2) return second === 0xa0 || second === 0x85;
  if (lead === 0xe1) return second === 0x9a && third === 0x80;
  if (lead === 0xe3) return second === 0x80 && third === 0x80;
  if (lead !== 0xe2 || third === undefined) return false;
  if (second === 0x80) return third <= 0x8a || third === 0xa8 || third === 0xa9 || third === 0xaf;
  return second === 0x81 && third === 0x9f;
}

/**
 * How often a space follows each teacher token, as a share of the times that its id occurs in this text: the smallest
 * stand-in for P(space | what came before) that can be counted. Indexed by token.
 */
export function spaceChances(
  { ids, ends }: Pick<TokenSequence, 'ids' | 'ends'>,
  bytes: Uint8Array,
): Float64Array {
  const times = new Map<number, [all: number, spaces: number]>();
  for (const [i, id] of ids.entries()) {
    const seen = times.get(id) ?? [0, 0];
    seen[0]++;
    if (spaceAt(bytes, ends[i]!)) seen[1]++;
    times.set(id, seen);
  }
  return Float64Array.from(ids, (id) => {
    const [all, spaces] = times.get(id)!;
    return spaces / all;
  });
}
