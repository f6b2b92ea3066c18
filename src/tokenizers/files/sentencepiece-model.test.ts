import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../core/text/utf8';
import { sentencePieceSteps } from './sentencepiece-model';
import { drain } from './steps';

const folder = new URL('../testing/fixtures/sentencepiece/', import.meta.url);

type Answers = { readonly ids: number[][]; readonly decoded: string[] };

/** The results of Google's library for the texts (see make.py in that folder). */
const golden = JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8')) as {
  readonly texts: string[];
} & Readonly<Record<'unigram' | 'bpe' | 'unigram-bytes', Answers>>;

describe('SentencePiece files', () => {
  it.each(['unigram', 'bpe', 'unigram-bytes'] as const)('%s agrees with SentencePiece itself', (name) => {
    const file = readFileSync(new URL(`${name}.model`, folder));
    const { tokenizer } = drain(sentencePieceSteps(file, `${name}.model`));
    const { ids, decoded } = golden[name];
    const differences: string[] = [];
    golden.texts.forEach((text, i) => {
      const ours = [...tokenizer.encode(text).ids];
      if (ours.join() !== ids[i]!.join())
        differences.push(`${JSON.stringify(text)}: ${ours} instead of ${ids[i]}`);
      // SentencePiece decodes its unknown token as " ⁇ "; here it is named.
      if (ids[i]!.includes(0)) return;
      const back = decodeUtf8(tokenizer.decode(ids[i]!));
      if (back !== decoded[i])
        differences.push(`${JSON.stringify(back)} instead of ${JSON.stringify(decoded[i])}`);
    });
    expect(golden.texts.length).toBeGreaterThan(200);
    expect(differences).toEqual([]);
  });
});
