import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { drain } from '../tokenizers/files/steps';
import { tokenizerFromFiles } from '../tokenizers/files/tokenizer-file';
import { findCounterparts, NO_ID } from '../tokenizers/inspection/compare-vocabularies';
import { findDuplicates } from '../tokenizers/inspection/duplicates';
import { childrenOf, readForest } from '../tokenizers/inspection/merge-forest';
import { findOrigins, ORIGINS, originOf } from '../tokenizers/inspection/origins';
import { type Selection, testOf } from '../tokenizers/inspection/select-tokens';
import { utf8Fault, utf8Parts } from '../tokenizers/inspection/utf8-parts';
import { hasVocabulary, tabulate } from '../tokenizers/inspection/vocabulary-table';
import { loadTokenizer } from '../tokenizers/load';
import { readGenerated } from '../tokenizers/testing/generated-vocabulary';
import { askOracle, libraryWith } from '../tokenizers/testing/oracle';
import { findTextTokenizer } from './tokenizers';

const opened = async (id: string) => {
  const tokenizer = await loadTokenizer(findTextTokenizer(id)!.spec, readGenerated);
  return { tokenizer, table: drain(tabulate(tokenizer)) };
};

/** The bytes of every token, from OpenAI's library. */
const bytesFrom = (encoding: 'gpt2' | 'p50k_base', size: number) => {
  const oracle = get_encoding(encoding);
  const bytes = Array.from({ length: size }, (_, id) => oracle.decode_single_token_bytes(id));
  oracle.free();
  return bytes;
};

const ALL: Selection = { by: 'text', value: '', script: '', kinds: [], min: 0, max: 1e9 };

describe('a vocabulary', () => {
  it('is searched by text, expression, id, bytes, script, kind and length', async () => {
    const { tokenizer, table } = await opened('gpt2');
    const bytes = bytesFrom('gpt2', 50_257);
    const texts = bytes.map((one) =>
      Buffer.from(decodeUtf8(one)).equals(one) ? decodeUtf8(one) : undefined,
    );
    const found = (change: Partial<Selection>) => {
      const test = testOf(table, { ...ALL, ...change }, (id) => tokenizer.token(id)?.name ?? '');
      return Array.from({ length: table.size }, (_, id) => id).filter(test);
    };
    const expected = (isIn: (bytes: Uint8Array, text: string | undefined) => boolean) =>
      bytes.flatMap((one, id) => (isIn(one, texts[id]) ? [id] : []));
    expect(table.count).toBe(50_257);
    expect(found({ by: 'text', value: 'TOKEN' })).toEqual(
      expected((_, text) => text?.toLowerCase().includes('token') === true),
    );
    expect(found({ by: 'regex', value: '^ ?[0-9]{4}$' })).toEqual(
      expected((_, text) => text !== undefined && /^ ?[0-9]{4}$/.test(text)),
    );
    expect(found({ by: 'id', value: '464' })).toEqual([464]);
    expect(found({ by: 'id', value: ' 50250 - 60000' })).toEqual([
      50_250, 50_251, 50_252, 50_253, 50_254, 50_255, 50_256,
    ]);
    expect(found({ by: 'bytes', value: 'e2 96' })).toEqual(
      expected((one) => Buffer.from(one).includes(Buffer.from([0xe2, 0x96]))),
    );
    expect(found({ script: 'Cyrillic' })).toEqual(
      expected(
        (_, text) =>
          text !== undefined && /\p{Script=Cyrillic}/u.test(text) && !/\p{Script=Latin}/u.test(text),
      ),
    );
    expect(found({ kinds: ['space'], min: 10, max: 12 })).toEqual(
      expected((one) => one[0] === 0x20 && one.length >= 10 && one.length <= 12),
    );
    expect(found({ kinds: ['part'] })).toEqual(expected((_, text) => text === undefined));
    expect(found({ kinds: ['byte'] })).toHaveLength(256);
    expect(found({ kinds: ['special'] })).toEqual([50_256]);
    for (const bad of [
      { by: 'regex', value: '(' },
      { by: 'id', value: 'x' },
      { by: 'bytes', value: 'E2 9' },
    ] as const) {
      expect(() => found(bad)).toThrow(expect.objectContaining({ code: 'query-invalid' }));
    }
  });

  it('is compared with another one by bytes', async () => {
    const [a, b] = [await opened('p50k'), await opened('gpt2')];
    const there = drain(findCounterparts(a.table, b.table));
    const known = new Map(bytesFrom('gpt2', 50_256).map((bytes, id) => [bytes.join(), id]));
    const expected = bytesFrom('p50k_base', 50_281).map((bytes, id) =>
      id === 50_256 ? 50_256 : (known.get(bytes.join()) ?? NO_ID),
    );
    expect(Array.from(there)).toEqual(expected);
    expect(expected.filter((id) => id === NO_ID)).toHaveLength(24);
  });

  it('names what is alike', async () => {
    const { table } = await opened('gpt2');
    const { ids, sizes } = drain(findDuplicates(table, false));
    const texts = bytesFrom('gpt2', 50_257).map((bytes) => decodeUtf8(bytes));
    const group = Array.from(ids).filter((id) => texts[id]!.trimStart().toLowerCase() === 'token');
    expect(group).toHaveLength(4);
    expect(group.map((id) => sizes[ids.indexOf(id)])).toEqual([4, 4, 4, 4]);
    expect(drain(findDuplicates(table, true)).ids).toHaveLength(0);
  });

  it('has no list where ids are made from the text', async () => {
    const words = await loadTokenizer({ kind: 'words' }, readGenerated);
    expect(hasVocabulary(words)).toBe(false);
  });
});

describe('the merges of a vocabulary', () => {
  it('are those that its ranks give', async () => {
    const { tokenizer, table } = await opened('gpt2');
    const forest = drain(readForest(tokenizer, table.size));
    const bytes = bytesFrom('gpt2', 50_256);
    const rankOf = new Map(bytes.map((one, id) => [one.join(), id]));
    for (let id = 256; id < 50_256; id += 61) {
      // As OpenAI's library defines it, with only the ranks below this token's.
      let parts: number[][] = Array.from(bytes[id]!, (byte) => [byte]);
      while (parts.length > 2) {
        const ranks = parts
          .slice(1)
          .map((part, i) => rankOf.get([...parts[i]!, ...part].join()) ?? Number.POSITIVE_INFINITY);
        const best = Math.min(...ranks.filter((rank) => rank < id));
        const at = ranks.indexOf(best);
        parts = [...parts.slice(0, at), [...parts[at]!, ...parts[at + 1]!], ...parts.slice(at + 2)];
      }
      const [left, right] = parts.map((part) => rankOf.get(part.join()));
      expect([forest.lefts[id], forest.rights[id]]).toEqual([left, right]);
      expect(childrenOf(forest, left!)).toContain(id);
    }
  });

  it('prove that a token never comes out, and nothing less', async () => {
    // "bc" comes before "ab", so nothing makes "abc" of "ab" and "c"; "cab" is made of "c" and "ab".
    const json = JSON.stringify({
      version: '1.0',
      added_tokens: [],
      model: {
        type: 'BPE',
        vocab: { a: 0, b: 1, c: 2, bc: 3, ab: 4, abc: 5, cab: 6 },
        merges: [
          ['b', 'c'],
          ['a', 'b'],
          ['ab', 'c'],
          ['c', 'ab'],
        ],
      },
    });
    const { tokenizer } = await tokenizerFromFiles([{ name: 'tokenizer.json', bytes: encodeUtf8(json) }]);
    const { kinds } = drain(findOrigins(tokenizer, drain(tabulate(tokenizer))));
    expect(Array.from(kinds, (kind) => ORIGINS[kind])).toEqual([
      'text',
      'text',
      'text',
      'text',
      'text',
      'merges',
      'text',
    ]);
    const { oracle } = libraryWith(json);
    const seen = new Set<number>();
    for (let length = 1, texts = ['']; length <= 7; length++) {
      texts = texts.flatMap((text) => ['a', 'b', 'c'].map((letter) => text + letter));
      for (const text of texts) for (const id of (await askOracle(oracle, text)).ids) seen.add(id);
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 6]);
  });
});

describe('the origin of a token', () => {
  it('is its own text exactly where OpenAI’s library says so, and a witness gives it', async () => {
    const { tokenizer, table } = await opened('gpt2');
    const { kinds, tried, witnesses } = drain(findOrigins(tokenizer, table));
    const oracle = get_encoding('gpt2');
    for (const [id, bytes] of bytesFrom('gpt2', 50_256).entries()) {
      const origin = ORIGINS[kinds[id]!];
      const text = Buffer.from(bytes).toString();
      const ids = utf8Fault(bytes) ? [] : oracle.encode_ordinary(text);
      expect(origin === 'text', `${id} ${origin}`).toBe(ids.length === 1 && ids[0] === id);
      if (origin === 'context') expect(oracle.encode_ordinary(witnesses.get(id)!)).toContain(id);
      if (origin === 'untraced') expect(tried[id]).toBeGreaterThan(100);
    }
    oracle.free();
    // The bytes that UTF-8 never has (RFC 3629): C0, C1, and F5 to FF.
    const proved = Array.from(kinds.keys()).filter((id) => ORIGINS[kinds[id]!] === 'bytes');
    expect(proved.map((id) => tokenizer.tokenBytes(id)[0]).sort((a, b) => a! - b!)).toEqual([
      0xc0, 0xc1, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff,
    ]);
    expect(originOf(tokenizer, table, 50_256).origin).toBe('special');
  });

  it('tells a fallback for a byte that is a character with a token of its own', async () => {
    const { tokenizer, table } = await opened('llama-2');
    const [fallback, character] = [tokenizer.idsOf('<0x41>'), tokenizer.idsOf('A')].map((ids) =>
      ids.find((id) => tokenizer.token(id)!.name.length === (ids.length > 1 ? 1 : 6)),
    );
    expect(fallback).toBeDefined();
    expect(originOf(tokenizer, table, fallback!)).toMatchObject({ origin: 'character' });
    expect(originOf(tokenizer, table, character!).origin).toMatch(/text|context/);
    expect(originOf(tokenizer, table, tokenizer.idsOf('<0x0A>')[0]!).origin).toBe('context');
  });

  it('knows how bytes lie in UTF-8', () => {
    expect(utf8Parts(Uint8Array.of(0x82, 0xac, 0x41, 0xe2, 0x82))).toEqual({ front: 2, back: 2, missing: 1 });
    for (const bytes of [
      [0xc0],
      [0xf5],
      [0x41, 0x80],
      [0xe0, 0x80],
      [0xed, 0xa0],
      [0x80, 0x80, 0x80, 0x80],
    ]) {
      expect(utf8Parts(Uint8Array.from(bytes))).toBeUndefined();
    }
    expect(utf8Parts(encodeUtf8('é🦄'))).toEqual({ front: 0, back: 0, missing: 0 });
  });
});
