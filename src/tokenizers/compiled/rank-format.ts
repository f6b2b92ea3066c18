import { halvesByRank } from '../bpe/left-lengths';
import { byteOfLetter } from '../byte-letters';
import { drain } from '../files/steps';
import { FLAGGED, PLAIN, UNORDERED, Vocabulary, WIDE } from '../vocabulary';

/**
 * Packs a vocabulary of bytes whose ids are merge ranks (read by ../vocabulary.ts); not gzipped yet. Little-endian;
 * columns, not rows: they compress better.
 *
 *   u32  magic 'TKV1'; 'TKV2' where flags follow
 *   u32  count: ids are 0..count-1
 *  (u32  flags: 1 where both columns of lengths are u16, because a token has more than 255 bytes; 2 where some tokens
 *        are made of tokens of higher rank, so that only bpe/byte-merging.ts is right)
 *   u8   length[count]      bytes of each token; 0 marks an id without a token (a hole), or an empty token
 *   u8   leftLength[count]  bytes of the left half of the token's last merge; 0 where no merge makes it; 1 for an
 *                           empty token, which tells it from a hole
 *   u8   bytes[]            the tokens' bytes, one after the other, in id order
 *
 * @throws RangeError where a token has more than 65,535 bytes
 */
export function packRanks(vocabulary: Vocabulary): Uint8Array {
  const { size: count, offsets, pool, longest } = vocabulary;
  if (longest > 0xffff) throw new RangeError(`A token has ${longest} bytes; the format holds 65,535.`);
  const { leftLengths, isOrdered } = drain(halvesByRank(vocabulary));
  const width = longest > 255 ? 2 : 1;
  const flags = (width === 2 ? WIDE : 0) | (isOrdered ? 0 : UNORDERED);
  const first = flags === 0 ? 8 : 12;
  const out = new Uint8Array(first + 2 * width * count + pool.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, flags === 0 ? PLAIN : FLAGGED, true);
  view.setUint32(4, count, true);
  if (flags !== 0) view.setUint32(8, flags, true);
  const put = (place: number, value: number) =>
    width === 2 ? view.setUint16(first + 2 * place, value, true) : view.setUint8(first + place, value);
  for (let id = 0; id < count; id++) {
    put(id, offsets[id + 1]! - offsets[id]!);
    put(count + id, vocabulary.empty.has(id) ? 1 : leftLengths[id]!);
  }
  out.set(pool, first + 2 * width * count);
  return out;
}

/**
 * The bytes behind the letters that GPT-2's byte-level encoding writes them with.
 * @throws RangeError that names a token with a letter that stands for no byte
 */
export function bytesOfLetters(letters: Vocabulary): Vocabulary {
  const pool: number[] = [];
  const offsets = new Uint32Array(letters.size + 1);
  const decoder = new TextDecoder();
  for (let id = 0; id < letters.size; id++) {
    const token = decoder.decode(letters.bytesOf(id));
    for (const letter of token) {
      const byte = byteOfLetter.get(letter.codePointAt(0)!);
      if (byte === undefined) throw new RangeError(`The token ${JSON.stringify(token)} is not byte-level.`);
      pool.push(byte);
    }
    offsets[id + 1] = pool.length;
  }
  return new Vocabulary(Uint8Array.from(pool), offsets);
}
