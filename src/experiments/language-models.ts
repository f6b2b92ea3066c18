import { TokenoscopeError } from '../core/errors';
import type { Tokenizer } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import { type KneserNey, trainNgram } from '../engine/lm/kneser-ney';
import { byteVocabulary, vocabularyOf } from '../engine/lm/language-model';
import { tokenizerFromFiles } from '../tokenizers/files/tokenizer-file';
import { runInSlices } from '../tokenizers/slices';
import { type TrainedMerges, trainBpe } from '../tokenizers/train/bpe';
import { Corpus } from '../tokenizers/train/corpus';
import { DEFAULT_PATTERN } from '../tokenizers/train/defaults';
import { bpeJson } from '../tokenizers/train/tokenizer-json';

/** What a training is told. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  /** Receives the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Characters of a part of a text, at least. */
const PART = 400;

/** A text to learn from, and another of the same kind. */
export interface Divided {
  readonly learned: string;
  readonly heldOut: string;
}

/**
 * Sets every n-th part of a text aside; parts end where lines end (in long lines, where words do).
 * @throws TokenoscopeError `train-empty` for a text without words
 */
export function setAside(text: string, every = 5): Divided {
  const whole = text.toWellFormed();
  if (whole.trim() === '') {
    throw new TokenoscopeError(
      'train-empty',
      'There is no text to learn from.',
      'Paste a text, or drop one.',
    );
  }
  const sides: [string[], string[]] = [[], []];
  let [turn, part] = [0, ''];
  const end = () => {
    turn++;
    sides[turn % every === 0 ? 1 : 0].push(part);
    part = '';
  };
  for (const piece of whole.match(/[^\n]{0,800}?(?:\n|$)|[^\n]{1,400}(?:\s|$)|[^\n]{1,400}/gu) ?? []) {
    part += piece;
    if (part.length >= PART) end();
  }
  if (part !== '') end();
  return { learned: sides[0].join(''), heldOut: sides[1].join('') };
}

/**
 * Learns a byte-level BPE tokenizer from a text, as the training lab does.
 * @param size tokens of the vocabulary, the 256 bytes among them; fewer where no pair occurs twice any more
 * @throws TokenoscopeError `aborted`
 */
export async function learnTokenizer(text: string, size: number, work: Work = {}): Promise<Tokenizer> {
  const trained = await learnMerges(text, size, DEFAULT_PATTERN, work);
  return await mergeTokenizer(trained, DEFAULT_PATTERN, work.signal);
}

/**
 * Learns the merges of a byte-level BPE.
 * @param pattern how texts are divided before merging, in the syntax of tokenizer files
 * @throws TokenoscopeError `aborted`
 */
export async function learnMerges(
  text: string,
  size: number,
  pattern: string,
  work: Work = {},
): Promise<TrainedMerges> {
  const settings = { kind: 'bpe' as const, vocabularySize: size, minFrequency: 2, pattern, special: [] };
  const corpus = new Corpus(settings);
  corpus.add(text);
  const training = trainBpe(corpus.words, { ...settings, alphabet: 'all' });
  let trained: TrainedMerges | undefined;
  await inSlices(() => {
    const step = training.next();
    if (!step.done) return step.value.share * 0.99;
    trained = step.value;
    return 1;
  }, work);
  return trained!;
}

/** The tokenizer of merges. @throws TokenoscopeError `aborted` */
export async function mergeTokenizer(
  trained: TrainedMerges,
  pattern: string,
  signal?: AbortSignal,
): Promise<Tokenizer> {
  const bytes = encodeUtf8(JSON.stringify(bpeJson(trained, pattern)));
  const file = { name: 'tokenizer.json', bytes };
  return (await tokenizerFromFiles([file], signal ? { signal } : {})).tokenizer;
}

/** Trains an n-gram model over the bytes of a text. @throws TokenoscopeError `aborted` */
export async function byteModel(text: string, order: number, work: Work = {}): Promise<KneserNey> {
  return await trainNgram([encodeUtf8(text)], byteVocabulary, { order, ...work });
}

/** Trains an n-gram model over the tokens of a text. @throws TokenoscopeError `aborted` */
export async function tokenModel(
  text: string,
  tokenizer: Tokenizer,
  order: number,
  work: Work = {},
): Promise<KneserNey> {
  const { ids } = await tokenizer.encodeInSlices(text, work.signal ? { signal: work.signal } : {});
  return await trainNgram([ids], vocabularyOf(tokenizer), { order, ...work });
}

async function inSlices(step: () => number, { signal, onProgress }: Work): Promise<void> {
  await runInSlices(step, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
}
