import { gzipSync } from 'node:zlib';

/**
 * The compiled vocabulary, version 1 (read by src/engine/text/vocabulary.ts). Little-endian, then gzipped,
 * because many static hosts send .bin files uncompressed. Columns, not rows: they compress better.
 *
 *   u32  magic 'TKV1'
 *   u32  count: ids are 0..count-1
 *   u8   length[count]      bytes of each token; 0 marks an id without a token (a hole)
 *   u8   leftLength[count]  bytes of the left half of the token's last merge; 0 where it is no merge
 *   u8   bytes[]            the tokens' bytes, one after the other, in id order
 *
 * `leftLength` is what makes the merge tables cheap: with it the reader finds both halves of every merge in
 * two look-ups instead of replaying the merges.
 */
export function packVocabulary(tokens, leftLengths) {
  const count = tokens.length;
  const byteCount = tokens.reduce((sum, token) => sum + (token?.length ?? 0), 0);
  const out = Buffer.alloc(8 + 2 * count + byteCount);
  out.write('TKV1', 0, 'latin1');
  out.writeUInt32LE(count, 4);
  let at = 8 + 2 * count;
  tokens.forEach((token, id) => {
    if (!token) return;
    if (token.length > 255) throw new Error(`Token ${id} has ${token.length} bytes; the format holds 255.`);
    out[8 + id] = token.length;
    out[8 + count + id] = leftLengths[id];
    token.copy(out, at);
    at += token.length;
  });
  const packed = gzipSync(out, { level: 9 });
  packed[9] = 255; // the operating system field: the same bytes on every machine
  return packed;
}

/**
 * Length of the left half of every token's last merge under rank order (tiktoken's rule: always merge the
 * adjacent pair whose union has the lowest rank), 0 for single bytes and for tokens no merge reaches.
 * In rank order, each token is built with the merges found before it: only one pair ever makes a token.
 */
export function leftLengthsByRank(tokens) {
  const byteIds = new Map();
  const merges = new Map();
  const pair = (left, right) => left * 0x400000 + right;
  tokens.forEach((token, id) => {
    if (token?.length === 1) byteIds.set(token[0], id);
  });
  return tokens.map((token, id) => {
    if (!token || token.length < 2) return 0;
    const parts = Array.from(token, (byte) => byteIds.get(byte));
    for (;;) {
      let best = id;
      let at = -1;
      for (let i = 0; i + 1 < parts.length; i++) {
        const merged = merges.get(pair(parts[i], parts[i + 1]));
        if (merged !== undefined && merged < best) {
          best = merged;
          at = i;
        }
      }
      if (at < 0) break;
      parts.splice(at, 2, best);
    }
    if (parts.length !== 2) return 0;
    merges.set(pair(parts[0], parts[1]), id);
    return tokens[parts[0]].length;
  });
}
