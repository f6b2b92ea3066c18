import { Tokenizer as Oracle } from 'tokenizers';
import { expect } from 'vitest';
import { tokenizerFromJson } from '../hugging-face/tokenizer-json';
import { byteToken } from '../models/unigram';
import { nastyText } from './nasty-text';
import { dependsOnUnicodeVersion } from './newer-unicode';
import { askOracle, difference, type TokenizerJson, trainedJson } from './oracle';

/** Generated texts that every comparison goes through; `npm run fuzz:text` takes any number of others. */
export const SEEDS = 40;

const generated = Array.from({ length: SEEDS }, (_, seed) => nastyText(seed).toWellFormed()).filter(
  (text) => !dependsOnUnicodeVersion(text),
);

type Kind = 'BPE' | 'Unigram' | 'WordPiece' | 'WordLevel';

const trained = new Map<Kind, TokenizerJson>();

/** A trained tokenizer's model; each kind is trained once. */
export function modelOf(kind: Kind): Record<string, unknown> {
  return base(kind).model;
}

function base(kind: Kind): TokenizerJson {
  const json = trained.get(kind) ?? trainedJson(kind);
  trained.set(kind, json);
  return json;
}

/** Makes one of BPE's tokens the unknown one. */
export const unknownIsA = { unk_token: 'a' };

/** Bare minimum of an added token. */
export function added(content: string, id: number, options: object = {}): object {
  return {
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
    ...options,
  };
}

/** A BPE model with a token for every byte. */
export function withBytes(): object {
  const { vocab } = modelOf('BPE') as { vocab: Record<string, number> };
  const size = Object.keys(vocab).length;
  const bytes = Array.from({ length: 256 }, (_, byte) => [byteToken(byte), size + byte]);
  return { byte_fallback: true, vocab: { ...vocab, ...Object.fromEntries(bytes) } };
}

/** A tokenizer.json of a trained model and other parts; where they name none, the pre-tokenizer is Whitespace. */
export function assembled(kind: Kind, parts: object, model: object = {}): TokenizerJson {
  return {
    ...base(kind),
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    ...parts,
    model: { ...modelOf(kind), ...(kind === 'BPE' ? unknownIsA : {}), ...model },
  };
}

/** Compares ids and spans with Hugging Face's library, on generated texts and those in `also`. */
export async function expectAgreement(
  json: TokenizerJson,
  options: { addSpecialTokens?: boolean; also?: string[] } = {},
): Promise<void> {
  const oracle = Oracle.fromString(JSON.stringify(json));
  const { tokenizer } = tokenizerFromJson(json);
  const differences: string[] = [];
  let compared = 0;
  const also = (options.also ?? []).map((text) => text.toWellFormed());
  for (const text of [...also.filter((one) => !dependsOnUnicodeVersion(one)), ...generated]) {
    compared++;
    const theirs = await askOracle(oracle, text, options.addSpecialTokens);
    const ours = tokenizer.encode(text, {
      special: 'parse',
      addSpecialTokens: options.addSpecialTokens ?? false,
    });
    const found = difference(text, ours, theirs);
    if (found) differences.push(found);
  }
  expect(compared).toBeGreaterThan(SEEDS / 2);
  expect(differences.slice(0, 3)).toEqual([]);
}
