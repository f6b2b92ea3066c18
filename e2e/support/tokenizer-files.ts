import type { Page } from '@playwright/test';

const utf8 = (text: string) => new TextEncoder().encode(text);

interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export function textFile(name: string, content: string): MadeFile {
  return { name, type: name.endsWith('.json') ? 'application/json' : 'text/plain', bytes: utf8(content) };
}

export function jsonFile(name: string, content: object): MadeFile {
  return textFile(name, JSON.stringify(content));
}

/** A tokenizer.json whose tokens are whole words. */
export function wordLevel(...words: string[]): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(['[UNK]', ...words].map((word, id) => [word, id])),
      unk_token: '[UNK]',
    },
  };
}

/** A tokenizer.json whose pattern takes time that doubles with every `a` before another character. */
export function catastrophic(): object {
  return {
    ...wordLevel('a'),
    pre_tokenizer: { type: 'Split', pattern: { Regex: '(?:a+)+\\z|!' }, behavior: 'Isolated', invert: false },
  };
}

/** A byte-level vocabulary and its merges, each useless without the other. */
export function halfOfTwo(): { readonly vocab: MadeFile; readonly merges: MadeFile } {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  const letters = Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(printable(byte) ? byte : next++),
  );
  const vocab = Object.fromEntries([...letters, 'th', 'the'].map((letter, id) => [letter, id]));
  return {
    vocab: jsonFile('vocab.json', vocab),
    merges: textFile('merges.txt', '#version: 0.2\nt h\nth e\n'),
  };
}

/** A small SentencePiece Unigram model as protobuf. */
export function sentencePieceFile(name: string): MadeFile {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
  const message = (number: number, body: number[]) => [
    ...varint(number * 8 + 2),
    ...varint(body.length),
    ...body,
  ];
  const float = (value: number) => [...new Uint8Array(new Float32Array([value]).buffer)];
  const pieces = ['<unk>', '\u2581', ...'abcdefghijklmnopqrstuvwxyz', '\u2581the', 'ing'].flatMap(
    (text, id) =>
      message(1, [...message(1, [...utf8(text)]), 2 * 8 + 5, ...float(-id / 2), 3 * 8, id === 0 ? 2 : 1]),
  );
  const trainer = message(2, [3 * 8, 1]);
  return { name, type: '', bytes: Uint8Array.from([...pieces, ...trainer]) };
}

/** The menu behind "Add tokenizer". */
export function addMenu(page: Page) {
  const button = page.getByRole('button', { name: 'Add tokenizer' });
  const root = page.getByRole('dialog', { name: 'Add a tokenizer' });
  return {
    root,
    open: () => button.click(),
    row: (label: string) => root.getByRole('checkbox', { name: new RegExp(`^${label}`) }),
    add: async (label: string) => {
      await button.click();
      await root.getByRole('checkbox', { name: new RegExp(`^${label}`) }).click();
      await page.keyboard.press('Escape');
    },
  };
}
