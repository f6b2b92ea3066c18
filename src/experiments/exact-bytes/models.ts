import { encodeUtf8 } from '../../core/text/utf8';
import { everyEncoding } from '../../engine/lm/encodings';
import { ExactBytes } from '../../engine/lm/exact-bytes';
import type { LanguageModel, Prefix } from '../../engine/lm/language-model';
import type { OpenModel } from '../../engine/lm/open-model';
import { byteModel, setAside, tokenModel, type Work } from '../language-models';
import { type LocalTokenizer, learnLocalTokenizers } from '../local-tokenizers';

/** Tokens of an n-gram, and bytes where the tokens are single bytes. */
const ORDER = { tokens: 4, bytes: 6 } as const;

/** A vocabulary, a model over it, and what it says of bytes. */
export interface Learned {
  /** Tokens that it has; fewer than asked for where the text is short. */
  readonly size: number;
  readonly model: LanguageModel;
  readonly exact: ExactBytes;
  /** Which tokens may follow which. */
  readonly after: (before: Prefix) => Uint8Array;
  readonly tokenBytes: (id: number) => Uint8Array;
}

export interface BothLearned {
  readonly main: Learned;
  readonly other: Learned;
  /** UTF-8 of what was set aside. */
  readonly heldOut: Uint8Array;
}

/**
 * Learns two vocabularies from a text and a model over each.
 * @param sizes tokens of both; 256 is single bytes
 * @throws TokenoscopeError `aborted`, `train-empty`
 */
export async function learnBoth(
  text: string,
  sizes: readonly [main: number, other: number],
  { signal, onProgress }: Work,
): Promise<BothLearned> {
  const { learned, heldOut } = setAside(text);
  const step = (from: number, to: number): Work => ({
    signal,
    onProgress: (share) => onProgress?.(from + (to - from) * share),
  });
  const tokenizers = await learnLocalTokenizers(learned, sizes, step(0, 0.5));
  const main = await modelOver(learned, tokenizers[0]!, step(0.5, 0.75));
  const other = await modelOver(learned, tokenizers[1]!, step(0.75, 1));
  return { main, other, heldOut: encodeUtf8(heldOut) };
}

/**
 * Two networks of the page instead: over 2,048 tokens, and over single bytes. Nothing is learned from the text, of which as
 * much is set aside as elsewhere, so that the same bytes are measured.
 * @param open loads a language model
 * @throws TokenoscopeError `aborted`, `train-empty`, and what loading a model throws
 */
export async function loadBoth(text: string, open: (id: string) => Promise<OpenModel>): Promise<BothLearned> {
  const { heldOut } = setAside(text);
  const [main, other] = [await open('lm-bpe'), await open('lm-byte')];
  return { main: learnedOf(main), other: learnedOf(other), heldOut: encodeUtf8(heldOut) };
}

function learnedOf({ model, exact, encodings }: OpenModel): Learned {
  return {
    size: model.vocabulary.size,
    model,
    exact,
    after: (before) => encodings.after(before),
    tokenBytes: (id) => model.vocabulary.bytes(id),
  };
}

async function modelOver(
  text: string,
  { tokenizer, encodings }: LocalTokenizer,
  work: Work,
): Promise<Learned> {
  const size = tokenizer.vocabularySize;
  const isBytes = size === 256;
  const model = isBytes
    ? await byteModel(text, ORDER.bytes, work)
    : await tokenModel(text, tokenizer, ORDER.tokens, work);
  const known = isBytes ? everyEncoding(size) : encodings;
  return {
    size,
    model,
    exact: new ExactBytes(model, known),
    after: (before) => known.after(before),
    tokenBytes: (id) => model.vocabulary.bytes(id),
  };
}
