import { createHash } from 'node:crypto';
import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { TokenWriter } from '../engine/text/export.client';
import { nodeSegmenter } from '../engine/text/testing/node-segmenter';
import type { TokenizerRef } from '../engine/text/text.api';
import type { ListArgs } from '../engine/text/vocabulary.api';
import { VocabularyReader } from '../engine/text/vocabulary.client';
import { loadTokenizer } from '../tokenizers/load';
import { readGenerated } from '../tokenizers/testing/generated-vocabulary';
import { findTextTokenizer } from './tokenizers';

const refOf = (id: string): TokenizerRef => {
  const { label, spec } = findTextTokenizer(id)!;
  return { id, label, spec };
};

const QUERY: Omit<ListArgs, 'tokenizer'> = {
  selection: { by: 'text', value: '', script: '', kinds: [], min: 0, max: 1e9 },
  set: 'all',
  order: 'set',
  from: 0,
  count: 10,
};

const reader = () => new VocabularyReader(() => nodeSegmenter().spawn('test'));

describe('the reader of vocabularies', () => {
  it('lists by pages, sorts, counts lengths and compares', async () => {
    const read = reader();
    const facts = await read.open(refOf('gpt2'), {});
    expect(facts).toMatchObject({ count: 50_257, longest: 128, kinds: { special: 1, byte: 256 } });
    expect(facts.scripts[0]!.name).toBe('Latin');
    const args = { tokenizer: refOf('gpt2'), ...QUERY };
    const all = await read.list({ ...args, from: 262, count: 2 }, {});
    expect(all.total).toBe(50_257);
    const oracle = get_encoding('gpt2');
    expect(all.rows.map(({ bytes }) => bytes)).toEqual(
      [262, 263].map((id) => oracle.decode_single_token_bytes(id)),
    );
    const lengths = Array.from({ length: 50_257 }, (_, id) => oracle.decode_single_token_bytes(id).length);
    oracle.free();
    expect(all.lengths.reduce((sum, count) => sum + count, 0)).toBe(50_257);
    const longest = await read.list({ ...args, order: 'longest', count: 3 }, {});
    expect(longest.rows.map(({ bytes }) => bytes.length)).toEqual(lengths.sort((a, b) => b - a).slice(0, 3));
    const only = await read.list(
      { ...args, tokenizer: refOf('p50k'), other: refOf('gpt2'), set: 'only', count: 30 },
      {},
    );
    expect(only.rows.every(({ bytes }) => decodeUtf8(bytes).trim() === '')).toBe(true);
    expect(only.total).toBe(24);
    read.dispose();
  });

  it('describes a token: its merges, what is made with it, and its origin', async () => {
    const read = reader();
    const card = (await read.describe(refOf('gpt2'), 262, {}))!;
    expect(card.token.name).toBe(' the');
    expect(card.origin.origin).toBe('text');
    expect(card.tree?.halves?.map(({ bytes }) => decodeUtf8(bytes))).toEqual([' t', 'he']);
    expect(card.children.map(({ name }) => name)).toContain(' then');
    expect(card.alike.map(({ name }) => name)).toEqual(expect.arrayContaining(['the', ' The', 'THE']));
    expect(await read.describe(refOf('gpt2'), 60_000, {})).toBeNull();
    read.dispose();
  });

  it('says what it cannot do', async () => {
    const read = reader();
    await expect(read.open(refOf('words'), {})).rejects.toMatchObject({ code: 'tokenizer-unsupported' });
    const selection = { ...QUERY.selection, by: 'regex' as const, value: '[' };
    await expect(read.list({ ...QUERY, tokenizer: refOf('gpt2'), selection }, {})).rejects.toMatchObject({
      code: 'query-invalid',
    });
    const controller = new AbortController();
    const list = read.list(
      { ...QUERY, tokenizer: refOf('gpt2'), set: 'unreached' },
      { signal: controller.signal },
    );
    controller.abort();
    await expect(list).rejects.toMatchObject({ code: 'aborted' });
    read.dispose();
  });
});

describe('the writer of tokens', () => {
  const text = 'a 🦄,\n"é"';

  it('gives spans in bytes, UTF-16 units and code points', async () => {
    const writer = new TokenWriter(() => nodeSegmenter().spawn('test'));
    const { ids, starts, ends } = (
      await loadTokenizer(findTextTokenizer('gpt2')!.spec, readGenerated)
    ).encode(text);
    const column = { id: 'gpt2', label: 'GPT-2', ids, starts, ends, facts: { source: 'here' } };
    const args = { bytes: encodeUtf8(text), columns: [column], head: { madeBy: 'a test' } };
    const json = JSON.parse(decodeUtf8(await writer.write({ ...args, format: 'json' }, {})));
    expect(json).toMatchObject({
      madeBy: 'a test',
      columns: [{ tokenizer: 'gpt2', source: 'here', count: ids.length }],
    });
    for (const [i, token] of json.columns[0].tokens.entries()) {
      expect(token.id).toBe(ids[i]);
      const bytes = Buffer.from(text).subarray(...(token.byte as [number, number]));
      const covered = text.slice(...(token.utf16 as [number, number]));
      expect([...text].slice(...(token.codePoint as [number, number])).join('')).toBe(covered);
      expect(covered).toContain(token.text ?? '');
      if (token.text === undefined) expect(bytes.toString('hex')).toBe(token.bytes);
      else expect(bytes.toString()).toBe(token.text);
    }
    const csv = decodeUtf8(await writer.write({ ...args, format: 'csv' }, {}));
    expect(csv.split('\r\n')[0]).toBe(
      'tokenizer,index,id,text,bytes_hex,start_byte,end_byte,start_utf16,end_utf16,start_code_point,end_code_point',
    );
    expect(csv).toContain('GPT-2,0,64,a,61,0,1,0,1,0,1\r\n');
    writer.dispose();
  });

  it('hashes what a vocabulary holds', async () => {
    const writer = new TokenWriter(() => nodeSegmenter().spawn('test'));
    const oracle = get_encoding('gpt2');
    const hash = createHash('sha256');
    for (let id = 0; id < 50_257; id++) {
      const bytes = oracle.decode_single_token_bytes(id);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      hash.update(length).update(bytes);
    }
    oracle.free();
    expect(await writer.hash(refOf('gpt2'), {})).toBe(hash.digest('hex'));
    expect(await writer.hash(refOf('words'), {})).toBeNull();
    writer.dispose();
  });
});
