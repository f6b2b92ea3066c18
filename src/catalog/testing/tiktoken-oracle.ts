import { readFileSync } from 'node:fs';
import { get_encoding, Tiktoken, type TiktokenEncoding } from 'tiktoken';
import { readFiles } from '../../../scripts/vocabularies/files.mjs';
import { decodeUtf8 } from '../../core/text/utf8';
import type { TextCatalogEntry } from '../tokenizers';

/**
 * OpenAI's library for an entry whose oracle it is: with an encoding of its own, with that and the entry's special
 * tokens, or with ranks, pattern and special tokens of the entry.
 */
export async function tiktokenOf({ id, oracle, spec, source }: TextCatalogEntry): Promise<Tiktoken> {
  if (oracle.kind !== 'tiktoken' || spec.kind !== 'bpe-ranks') throw new Error(`${id} has another oracle.`);
  if (oracle.encoding === undefined) {
    const [file] = await readFiles(source!);
    const lines = decodeUtf8(file!.bytes).trimEnd().split('\n');
    const ranks = lines.map((line) => line.split(' ')).map(([token, rank]) => `! ${rank} ${token}`);
    return new Tiktoken(ranks.join('\n'), { ...spec.special }, spec.pattern);
  }
  if (!oracle.ownSpecialTokens) return get_encoding(oracle.encoding as TiktokenEncoding);
  const { bpe_ranks, pat_str } = JSON.parse(
    readFileSync(`node_modules/tiktoken/encoders/${oracle.encoding}.json`, 'utf8'),
  ) as { bpe_ranks: string; pat_str: string };
  return new Tiktoken(bpe_ranks, { ...spec.special }, pat_str);
}
