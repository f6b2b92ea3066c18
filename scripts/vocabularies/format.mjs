import { gzipSync } from 'node:zlib';

/**
 * The compiled vocabulary, version 1 (read by src/tokenizers/vocabulary.ts). Little-endian, then gzipped,
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
 * The compiled form of a whole tokenizer.json, version 1 (read by src/tokenizers/hugging-face/compiled.ts),
 * gzipped:
 *
 *   u32  magic 'TKP1'
 *   u32  count: ids are 0..count-1
 *   u32  jsonLength
 *   u8   json[jsonLength]     the file without the model's vocab and merges; `irregular_merges` beside it, and
 *                             `regular_merges` in the model, where the others are of use for backtracking
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
  const model = { ...config.model, regular_merges: areRegular(tokens, rank, leftLength, irregular) };
  const json = Buffer.from(JSON.stringify({ ...config, model, irregular_merges: irregular }));
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
 * For every token the one merge that makes it, found by merging its characters with what comes before it in rank
 * order: what is left then is two halves. Where it is more (SentencePiece's user-defined runs of spaces come
 * before the shorter runs that they are made of), all merges of the token count: they are `irregular`, listed as
 * [rank, left, right, merged].
 */
function canonicalMerges(tokens, merges) {
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const pair = (left, right) => left * 0x400000 + right;
  const byToken = new Map();
  const rankOfPair = new Map();
  merges.forEach(([left, right], rank) => {
    const merge = [rank, idOf.get(left), idOf.get(right), idOf.get(left + right)];
    rankOfPair.set(pair(merge[1], merge[2]), rank);
    if (byToken.has(merge[3])) byToken.get(merge[3]).push(merge);
    else byToken.set(merge[3], [merge]);
  });
  const irregular = [];
  const known = new Map();
  const rank = tokens.map(() => 0);
  const leftLength = tokens.map(() => 0);
  for (const [id, own] of byToken) {
    const parts = mergedCharacters(tokens[id], idOf, known, rankOfPair, pair);
    const key = parts.length === 2 ? pair(...parts) : -1;
    if (rankOfPair.has(key)) {
      rank[id] = rankOfPair.get(key);
      leftLength[id] = Buffer.byteLength(tokens[parts[0]]);
      known.set(key, id);
    } else {
      irregular.push(...own);
      for (const [, left, right] of own) known.set(pair(left, right), id);
    }
  }
  return densely(rank, leftLength, irregular);
}

/**
 * Whether both halves of every merge but the irregular ones are single characters or come out of regular merges of
 * lower rank. Then tokens in the order of their merges can be encoded by backtracking.
 */
function areRegular(tokens, rank, leftLength, irregular) {
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const odd = new Set(irregular.map((merge) => merge[3]));
  return tokens.every((token, id) => {
    if (leftLength[id] === 0) return true;
    const bytes = Buffer.from(token);
    const halves = [bytes.subarray(0, leftLength[id]), bytes.subarray(leftLength[id])];
    return halves.every((half) => {
      const text = half.toString();
      const part = idOf.get(text);
      if (part === undefined || odd.has(part)) return false;
      return leftLength[part] > 0 ? rank[part] < rank[id] : Array.from(text).length === 1;
    });
  });
}

/** The characters of a token after all merges known so far, as ids. */
function mergedCharacters(token, idOf, known, rankOfPair, pair) {
  const parts = Array.from(token, (character) => idOf.get(character) ?? -1);
  for (;;) {
    let best = Number.POSITIVE_INFINITY;
    let at = -1;
    for (let i = 0; i + 1 < parts.length; i++) {
      const key = pair(parts[i], parts[i + 1]);
      if (!known.has(key) || rankOfPair.get(key) >= best) continue;
      best = rankOfPair.get(key);
      at = i;
    }
    if (at < 0) return parts;
    parts.splice(at, 2, known.get(pair(parts[at], parts[at + 1])));
  }
}

/** Counts ranks without the merges left out: then neighbours in id order mostly differ by one, and pack well. */
function densely(rank, leftLength, irregular) {
  const kept = [...irregular.map(([place]) => place), ...rank.filter((_, id) => leftLength[id] > 0)];
  const dense = new Map(kept.sort((a, b) => a - b).map((place, i) => [place, i]));
  return {
    rank: rank.map((place, id) => (leftLength[id] > 0 ? dense.get(place) : 0)),
    leftLength,
    irregular: irregular.map(([place, ...merge]) => [dense.get(place), ...merge]),
  };
}
