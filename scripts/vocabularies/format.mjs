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
 */
export function leftLengthsByRank(tokens) {
  const rank = new Map();
  tokens.forEach((token, id) => {
    if (token) rank.set(token.toString('latin1'), id);
  });
  return tokens.map((token, id) => {
    if (!token || token.length < 2) return 0;
    const text = token.toString('latin1');
    const cuts = Array.from({ length: text.length + 1 }, (_, i) => i);
    for (;;) {
      let best = id;
      let at = -1;
      for (let i = 0; i + 2 < cuts.length; i++) {
        const r = rank.get(text.slice(cuts[i], cuts[i + 2]));
        if (r !== undefined && r < best) {
          best = r;
          at = i;
        }
      }
      if (at < 0) break;
      cuts.splice(at + 1, 1);
    }
    return cuts.length === 3 ? cuts[1] : 0;
  });
}
