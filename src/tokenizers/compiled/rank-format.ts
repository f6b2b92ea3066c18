import { leftLengthsByRank } from '../bpe/left-lengths';
import { byteOfLetter } from '../byte-letters';
import { Vocabulary } from '../vocabulary';

/**
 * Packs a vocabulary of bytes whose ids are merge ranks, version 1 (read by ../vocabulary.ts); not gzipped yet.
 * Little-endian; columns, not rows: they compress better.
 *
 *   u32  magic 'TKV1'
 *   u32  count: ids are 0..count-1
 *   u8   length[count]      bytes of each token; 0 marks an id without a token (a hole)
 *   u8   leftLength[count]  bytes of the left half of the token's last merge; 0 where no merge makes it
 *   u8   bytes[]            the tokens' bytes, one after the other, in id order
 *
 * @throws RangeError where a token has more than 255 bytes
 */
export function packRanks(vocabulary: Vocabulary): Uint8Array {
  const { size: count, offsets, pool, longest } = vocabulary;
  if (longest > 255) throw new RangeError(`A token has ${longest} bytes; the format holds 255.`);
  const out = new Uint8Array(8 + 2 * count + pool.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x31564b54, true);
  view.setUint32(4, count, true);
  for (let id = 0; id < count; id++) out[8 + id] = offsets[id + 1]! - offsets[id]!;
  out.set(leftLengthsByRank(vocabulary), 8 + count);
  out.set(pool, 8 + 2 * count);
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
