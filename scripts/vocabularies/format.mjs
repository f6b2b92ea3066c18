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

/**
 * The compiled form of a whole tokenizer.json, version 1 (read by src/engine/text/hugging-face/compiled.ts),
 * gzipped:
 *
 *   u32  magic 'TKP1'
 *   u32  count: ids are 0..count-1
 *   u32  jsonLength
 *   u8   json[jsonLength]     the file without the model's vocab and merges; `irregular_merges` beside it
 *   u8   length[count]        as in TKV1
 *   u8   leftLength[count]    as in TKV1
 *   i32  rankStep[count]      rank of the token's merge less that of the merged token before it, by id
 *   u8   bytes[]              the tokens' UTF-8
 *
 * @param config the file's JSON
 * @param tokens strings by id
 * @param merges pairs of strings in rank order; of several that make one token only one ever happens
 */
export function packPipeline(config, tokens, merges) {
  const { rank, leftLength, irregular } = canonicalMerges(tokens, merges);
  const json = Buffer.from(JSON.stringify({ ...config, irregular_merges: irregular }));
  const bytes = tokens.map((token) => Buffer.from(token ?? ''));
  const count = tokens.length;
  const head = Buffer.alloc(12);
  head.write('TKP1', 0, 'latin1');
  head.writeUInt32LE(count, 4);
  head.writeUInt32LE(json.length, 8);
  const columns = Buffer.alloc(6 * count);
  let last = 0;
  bytes.forEach((token, id) => {
    if (token.length > 255) throw new Error(`Token ${id} has ${token.length} bytes; the format holds 255.`);
    columns[id] = token.length;
    columns[count + id] = leftLength[id];
    if (leftLength[id] === 0) return;
    columns.writeInt32LE(rank[id] - last, 2 * count + 4 * id);
    last = rank[id];
  });
  const packed = gzipSync(Buffer.concat([head, json, columns, ...bytes]), { level: 9 });
  packed[9] = 255;
  return packed;
}

/**
 * For every token the one merge that makes it, found by merging its characters in rank order. That holds where
 * halves come before the whole. Of a token that comes before one of its halves (SentencePiece's user-defined
 * runs of spaces do), all merges are `irregular` and listed as [rank, left, right, merged].
 */
function canonicalMerges(tokens, merges) {
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const ranked = merges.map(([left, right], rank) => ({
    rank,
    left: idOf.get(left),
    right: idOf.get(right),
    merged: idOf.get(left + right),
  }));
  const firstRank = new Map();
  for (const { merged, rank } of ranked) if (!firstRank.has(merged)) firstRank.set(merged, rank);
  const early = new Set();
  for (const { left, right, merged } of ranked) {
    const halves = Math.max(firstRank.get(left) ?? -1, firstRank.get(right) ?? -1);
    if (halves > firstRank.get(merged)) early.add(merged);
  }
  const irregular = ranked
    .filter(({ merged }) => early.has(merged))
    .map(({ rank, left, right, merged }) => [rank, left, right, merged]);

  const pair = (left, right) => left * 0x400000 + right;
  const rankOfPair = new Map(ranked.map(({ left, right, rank }) => [pair(left, right), rank]));
  const known = new Map(irregular.map(([, left, right, merged]) => [pair(left, right), merged]));
  const rank = tokens.map(() => 0);
  const leftLength = tokens.map(() => 0);
  for (const id of firstRank.keys()) {
    if (early.has(id)) continue;
    const parts = Array.from(tokens[id], (character) => idOf.get(character) ?? -1);
    for (;;) {
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let i = 0; i + 1 < parts.length; i++) {
        const key = pair(parts[i], parts[i + 1]);
        if (!known.has(key) || rankOfPair.get(key) >= best) continue;
        best = rankOfPair.get(key);
        at = i;
      }
      if (at < 0) break;
      parts.splice(at, 2, known.get(pair(parts[at], parts[at + 1])));
    }
    if (parts.length !== 2 || !rankOfPair.has(pair(...parts))) continue;
    rank[id] = rankOfPair.get(pair(...parts));
    leftLength[id] = Buffer.byteLength(tokens[parts[0]]);
    known.set(pair(...parts), id);
  }
  return { rank, leftLength, irregular };
}
