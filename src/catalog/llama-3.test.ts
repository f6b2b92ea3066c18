import { expect, it } from 'vitest';
import { decodeUtf8 } from '../core/text/utf8';
import { loadTokenizer } from '../tokenizers/load';
import { readGenerated } from '../tokenizers/testing/generated-vocabulary';
import { entry } from './tokenizers/llama-3';

it('Llama 3 merges tokens of higher rank into tokens of lower rank, as its library does', async () => {
  const tokenizer = await loadTokenizer(entry.spec, readGenerated);
  for (const id of [100_421, 100_999, 102_530]) {
    const text = `${decodeUtf8(tokenizer.tokenBytes(id))}zq`;
    expect([...tokenizer.encode(text).ids]).toEqual([id, 89, 80]);
    expect(tokenizer.decode(tokenizer.encode(text).ids)).toEqual(new TextEncoder().encode(text));
  }
});
