import type { Vocabulary } from '../vocabulary';

/**
 * Bytes of the left half of every token's last merge, where ids are merge ranks; 0 for single bytes and for
 * tokens that no merge makes. (Bundled vocabularies include this: compiled/rank-format.ts.)
 */
export function leftLengthsByRank(vocabulary: Vocabulary): Uint8Array {
  const { offsets, pool, size } = vocabulary;
  const lengths = new Uint8Array(size);
  const byteIds = new Int32Array(256).fill(-1);
  for (let id = 0; id < size; id++)
    if (offsets[id + 1]! - offsets[id]! === 1) byteIds[pool[offsets[id]!]!] = id;
  const merges = new Map<number, number>();
  const pair = (left: number, right: number) => left * 0x1000000 + right;
  for (let id = 0; id < size; id++) {
    const parts = Array.from(pool.subarray(offsets[id], offsets[id + 1]), (byte) => byteIds[byte]!);
    if (parts.length < 2 || parts.includes(-1)) continue;
    for (;;) {
      let best = id;
      let at = -1;
      for (let i = 0; i + 1 < parts.length; i++) {
        const merged = merges.get(pair(parts[i]!, parts[i + 1]!));
        if (merged === undefined || merged >= best) continue;
        best = merged;
        at = i;
      }
      if (at < 0) break;
      parts.splice(at, 2, best);
    }
    if (parts.length !== 2) continue;
    merges.set(pair(parts[0]!, parts[1]!), id);
    lengths[id] = offsets[parts[0]! + 1]! - offsets[parts[0]!]!;
  }
  return lengths;
}
