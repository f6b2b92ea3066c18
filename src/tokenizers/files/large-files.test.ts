import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import { encodeUtf8 } from '../../core/text/utf8';
import { drain } from './steps';
import { TokenList } from './token-list';
import { tokenizerFromFiles } from './tokenizer-file';

const COUNT = 60_000;

/** A tokenizer.json of some megabytes, with merges. */
function largeFile() {
  const word = (i: number): string =>
    (i < 26 ? '' : word(Math.floor(i / 26) - 1)) + String.fromCharCode(97 + (i % 26));
  const words = Array.from({ length: COUNT }, (_, i) => word(i));
  const json = {
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(words.map((token, id) => [token, id])),
      merges: words.slice(26).map((token) => [token.slice(0, -1), token.slice(-1)]),
    },
  };
  return { name: 'tokenizer.json', bytes: encodeUtf8(JSON.stringify(json, null, 2)) };
}

describe('a large tokenizer.json', () => {
  const file = largeFile();

  it('loads in many slices and tells how far it is', async () => {
    const shares: number[] = [];
    const { tokenizer } = await tokenizerFromFiles([file], { onProgress: (share) => shares.push(share) });
    expect(tokenizer.vocabularySize).toBe(COUNT);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('hears an abort while it loads', async () => {
    const controller = new AbortController();
    let heard = 0;
    const load = tokenizerFromFiles([file], {
      signal: controller.signal,
      onProgress: () => {
        if (++heard === 2) setTimeout(() => controller.abort(), 0);
      },
    });
    await expect(load).rejects.toMatchObject({ code: 'aborted' });
    expect(heard).toBeLessThan(8);
  });
});

const fail = (what: string, at: number) => new TokenoscopeError('tokenizer-corrupt', `${what} (byte ${at})`);

describe('TokenList', () => {
  it('refuses more tokens than memory would bear', () => {
    const list = new TokenList(fail, 5000);
    const bytes = new Uint8Array(4);
    const fill = () => {
      for (let id = 0; id < 5001; id++) {
        new DataView(bytes.buffer).setUint32(0, id);
        list.add(bytes, 0, 4, id, 7 * id);
      }
    };
    expect(fill).toThrow('it has more than 5,000 tokens, which would take gigabytes of memory (byte 34993)');
  });

  it('takes any order of ids', () => {
    const list = new TokenList(fail);
    for (const [token, id] of [
      ['b', 5],
      ['', 3],
      ['aa', 1],
    ] as const) {
      const bytes = encodeUtf8(token);
      list.add(bytes, 0, bytes.length, id, 0);
    }
    const vocabulary = drain(list.finish(false));
    const spelled = Array.from({ length: vocabulary.size }, (_, id) =>
      new TextDecoder().decode(vocabulary.bytesOf(id)),
    );
    expect(spelled).toEqual(['', 'aa', '', '', '', 'b']);
  });
});
