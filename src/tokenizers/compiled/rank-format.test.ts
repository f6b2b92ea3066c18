import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { drain } from '../files/steps';
import { readTiktoken } from '../files/tiktoken-file';
import { loadTokenizer } from '../load';
import { type RankTokens, tiktokenFile } from '../testing/rank-vocabulary';
import { readCompiledVocabulary } from '../vocabulary';
import { packRanks } from './rank-format';

const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const run = Uint8Array.from({ length: 256 }, () => 0x61);
const pack = (tokens: RankTokens) =>
  packRanks(drain(readTiktoken(tiktokenFile(tokens), 'x.tiktoken')).vocabulary);

describe('compiled ranks', () => {
  it.each<[string, RankTokens, string, number[]]>([
    ['in version 1', [...bytes, encodeUtf8('ab'), undefined, encodeUtf8('abab')], 'abab ab', [258, 32, 256]],
    [
      'with tokens of more than 255 bytes',
      [...bytes, ...Array.from({ length: 7 }, (_, i) => run.subarray(0, 2 ** (i + 1))), run],
      'a'.repeat(257),
      [263, 97],
    ],
    ['with an empty token', [...bytes, new Uint8Array(0), encodeUtf8('aa')], 'aaa', [257, 97]],
    ['made of tokens of higher rank', [...bytes, encodeUtf8('abc'), encodeUtf8('bc')], 'zabc', [122, 256]],
  ])('%s', async (_, tokens, text, ids) => {
    const file = gzipSync(pack(tokens));
    const { vocabulary } = await readCompiledVocabulary('x', file);
    expect(vocabulary.size).toBe(tokens.length);
    expect([...vocabulary.empty]).toEqual(tokens.flatMap((token, id) => (token?.length === 0 ? [id] : [])));
    const spec = { kind: 'bpe-ranks', vocabulary: 'x', pattern: String.raw`\S+|\s`, special: {} } as const;
    const tokenizer = await loadTokenizer(spec, async () => file);
    expect([...tokenizer.encode(`${text} `).ids].slice(0, -1)).toEqual(ids);
    for (const [id, token] of tokens.entries()) {
      if (token) expect(tokenizer.tokenBytes(id)).toEqual(token);
      else expect(() => tokenizer.tokenBytes(id)).toThrow(RangeError);
    }
  });
});
