import { get_encoding } from 'tiktoken';
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import type { WorkerLike } from '../rpc/client';
import { type ServerScope, serve } from '../rpc/server';
import type { CompareApi } from './compare.api';
import { Comparing } from './compare.client';
import { compareHandlers } from './compare.service';

/** The real service behind a message channel. */
function comparing(): Comparing {
  return new Comparing(() => {
    const { port1, port2 } = new MessageChannel();
    serve<CompareApi>(compareHandlers(), port2 as unknown as ServerScope);
    port1.start();
    port2.start();
    const worker: WorkerLike = {
      postMessage: (message, transfer) => port1.postMessage(message, transfer),
      terminate: () => port1.close(),
      addEventListener: (type, listener) => {
        if (type === 'message') port1.addEventListener(type, listener);
      },
    };
    return worker;
  });
}

const TEXT = 'Strawberry fields, 1234567 tokens for ever.\n';

/** The spans of OpenAI's own tokenizer. */
function spansOf(name: 'gpt2' | 'cl100k_base', text: string) {
  const encoding = get_encoding(name);
  let at = 0;
  const ends = [...encoding.encode_ordinary(text)].map((id) => {
    at += encoding.decode_single_token_bytes(id).length;
    return at;
  });
  encoding.free();
  return { starts: Uint32Array.from([0, ...ends.slice(0, -1)]), ends: Uint32Array.from(ends) };
}

it('compares every two tokenizers', async () => {
  const client = comparing();
  const [gpt2, cl100k] = [spansOf('gpt2', TEXT), spansOf('cl100k_base', TEXT)];
  const values = await client.matrix([gpt2, cl100k, gpt2], TEXT.length, new AbortController().signal);
  const inner = (ends: Uint32Array) => new Set(ends.slice(0, -1));
  const [a, b] = [inner(gpt2.ends), inner(cl100k.ends)];
  const expected = (2 * [...a].filter((place) => b.has(place)).length) / (a.size + b.size);
  expect(expected).toBeLessThan(1);
  expect([...values]).toEqual([1, expected, 1, expected, 1, expected, 1, expected, 1]);
  client.dispose();
});

it('finds where two tokenizers part, in rows', async () => {
  const client = comparing();
  const bytes = encodeUtf8(TEXT);
  const args = { over: spansOf('gpt2', TEXT), under: spansOf('cl100k_base', TEXT), bytes, width: 44 };
  const diff = await client.diff(args, new AbortController().signal);
  const texts = [...diff.places.starts].map((start, i) => TEXT.slice(start, diff.places.ends[i]));
  // GPT-2: St|raw, " 123"|45|67, .|\n; cl100k: Str|aw, " "|123|456|7, ".\n".
  expect(texts).toEqual(['Straw', ' 123', '4567', '.\n']);
  expect([...diff.rows]).toEqual([0, expect.any(Number), expect.any(Number)]);
  const aborted = new AbortController();
  const late = client.diff(args, aborted.signal);
  aborted.abort();
  await expect(late).rejects.toMatchObject({ code: 'aborted' });
  client.dispose();
});
