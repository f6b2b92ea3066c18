import { encodeUtf8 } from '../core/text/utf8';
import { atTemperature, uniforms } from '../engine/lm/draw';
import {
  extendBy,
  idsOf,
  type LanguageModel,
  type LmVocabulary,
  type Prefix,
  START,
} from '../engine/lm/language-model';
import type { RunContext } from './experiment';
import { byteModel, learnTokenizer, setAside, tokenModel } from './language-models';

/** What draws tokens needs of a model: the distributions behind prefixes. */
export type NextTokens = Pick<LanguageModel, 'next' | 'vocabulary'>;

/** What the two models read and write. */
export type Unit = 'tokens' | 'bytes';

/** How far the training of a draft network had come. */
export const MOMENTS = ['early', 'middle', 'late'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Their ids. The networks share the vocabulary of bytes. */
const DRAFTS: Readonly<Record<Moment, string>> = {
  early: 'lm-draft-early',
  middle: 'lm-draft-middle',
  late: 'lm-draft',
};
const TARGET = 'lm-byte';

/** Tokens of the vocabulary that is learned, the 256 bytes among them. */
const VOCABULARY = 512;

/** Tokens of an n-gram of the target: the orders that need the fewest bits on held-out text. */
const TARGET_ORDER = { tokens: 4, bytes: 6 } as const;

/** Tokens of a prompt; the models look back less far. */
const PROMPT = { tokens: 16, bytes: 40 } as const;

/** What both ways to come by a pair are told. */
interface Common {
  readonly draftTemperature?: number;
  /** 0 always takes the likeliest token. */
  readonly targetTemperature?: number;
  /** Prompts wanted. */
  readonly prompts: number;
  readonly seed: number;
}

export interface PairSettings extends Common {
  readonly unit: Unit;
  /** Tokens of an n-gram of the draft, 1 or more. */
  readonly draftOrder: number;
}

interface NetworkSettings extends Common {
  /** Of the draft. */
  readonly moment: Moment;
}

/** A cheap model that drafts and a dear one that is to be sampled from, over the same vocabulary. */
export interface DraftTarget {
  readonly vocabulary: LmVocabulary;
  readonly draft: NextTokens;
  readonly target: NextTokens;
  /** Out of text that neither model has learned from; the start of a text where too little could be set aside. */
  readonly prompts: readonly Prefix[];
}

/**
 * Learns both models from a text: n-grams of a low order, and of a high one. Every fifth part is set aside, for prompts.
 * @throws TokenoscopeError `train-empty` for a text without words, `aborted`
 */
export async function learnPair(
  text: string,
  settings: PairSettings,
  work: { signal?: AbortSignal | undefined; onProgress?: (share: number) => void } = {},
): Promise<DraftTarget> {
  const { unit, draftOrder, draftTemperature = 1, targetTemperature = 1 } = settings;
  const { learned, heldOut } = setAside(text);
  const { signal, onProgress } = work;
  const part = (from: number, to: number) => ({
    signal,
    onProgress: (share: number) => onProgress?.(from + share * (to - from)),
  });
  const orders = [draftOrder, TARGET_ORDER[unit]] as const;
  const models: LanguageModel[] = [];
  let ids: ArrayLike<number>;
  if (unit === 'bytes') {
    for (const [i, order] of orders.entries()) {
      models.push(await byteModel(learned, order, part(i * 0.5, i * 0.5 + 0.5)));
    }
    ids = encodeUtf8(heldOut);
  } else {
    const tokenizer = await learnTokenizer(learned, VOCABULARY, part(0, 0.6));
    for (const [i, order] of orders.entries()) {
      models.push(await tokenModel(learned, tokenizer, order, part(0.6 + i * 0.2, 0.8 + i * 0.2)));
    }
    ({ ids } = await tokenizer.encodeInSlices(heldOut, signal ? { signal } : {}));
  }
  const [draft, target] = models as [LanguageModel, LanguageModel];
  return {
    vocabulary: target.vocabulary,
    draft: remembering(tempered(draft, draftTemperature), tailKey(draft, draftOrder - 1)),
    target: remembering(tempered(target, targetTemperature), tailKey(target, TARGET_ORDER[unit] - 1)),
    prompts: promptsOf(ids, target.vocabulary, { ...settings, length: PROMPT[unit] }),
  };
}

/**
 * Two networks of the page over bytes instead: a draft of a tenth of the target's size. Nothing is learned from the text,
 * of which as much is set aside as elsewhere.
 * @param open loads a language model
 * @throws TokenoscopeError `train-empty` for a text without words, `aborted`, and what loading a model throws
 */
export async function loadPair(
  text: string,
  settings: NetworkSettings,
  open: RunContext['languageModel'],
): Promise<DraftTarget> {
  const { moment, draftTemperature = 1, targetTemperature = 1 } = settings;
  const { heldOut } = setAside(text);
  const { model: draft } = await open(DRAFTS[moment]);
  const { model: target } = await open(TARGET);
  return {
    vocabulary: target.vocabulary,
    draft: remembering(tempered(draft, draftTemperature), idsKey),
    target: remembering(tempered(target, targetTemperature), idsKey),
    prompts: promptsOf(encodeUtf8(heldOut), target.vocabulary, { ...settings, length: PROMPT.bytes }),
  };
}

/** Reports a share only where it is more than the last: the parts of a work each count for themselves. */
export function rising(progress: ((share: number) => void) | undefined): (share: number) => void {
  let reached = 0;
  return (share) => {
    reached = Math.max(reached, share);
    progress?.(reached);
  };
}

/** A model whose probabilities are sharpened (below 1) or flattened. @param temperature 0 leaves only the likeliest token */
export function tempered(model: NextTokens, temperature: number): NextTokens {
  if (temperature === 1) return model;
  return {
    vocabulary: model.vocabulary,
    async next(prefixes, signal) {
      const all = await model.next(prefixes, signal);
      return all.map((each) => (temperature === 0 ? likeliestOnly(each) : atTemperature(each, temperature)));
    },
  };
}

/** The first of the likeliest. */
function likeliestOnly(probabilities: Float64Array): Float64Array {
  const found = new Float64Array(probabilities.length);
  let best = 0;
  for (let id = 1; id < probabilities.length; id++) if (probabilities[id]! > probabilities[best]!) best = id;
  found[best] = 1;
  return found;
}

/** Distributions that are remembered, at most: 512 probabilities are 4 kB. */
const REMEMBERED = 8000;

/**
 * A model that need not be asked twice about the same tokens.
 * @param keyOf what a prefix is known by: the same for prefixes that the model cannot tell apart
 */
function remembering<Key>(model: NextTokens, keyOf: (prefix: Prefix) => Key): NextTokens {
  const known = new Map<Key, Float64Array>();
  return {
    vocabulary: model.vocabulary,
    async next(prefixes, signal) {
      const keys = prefixes.map(keyOf);
      const asked = keys.map((key) => known.get(key));
      const open = prefixes.filter((_, i) => !asked[i]);
      if (open.length === 0) return asked as Float64Array[];
      const answers = (await model.next(open, signal)).values();
      return asked.map((answer, i) => {
        if (answer) return answer;
        const found = answers.next().value!;
        if (known.size >= REMEMBERED) known.clear();
        known.set(keys[i]!, found);
        return found;
      });
    },
  };
}

/** A number for the last tokens of a prefix, `reach` of them; exact, as 513 to the power of 5 is below 2^53. */
function tailKey({ vocabulary }: NextTokens, reach: number): (prefix: Prefix) => number {
  const base = vocabulary.size + 1;
  return (prefix) => {
    let key = 0;
    let at: Prefix | undefined = prefix;
    for (let i = 0; i < reach && at; i++, at = at.before) key = key * base + at.id + 1;
    return key;
  };
}

/** All bytes of a prefix: a network sees hundreds of them. */
function idsKey(prefix: Prefix): string {
  return String.fromCharCode(...idsOf(prefix));
}

/** Places drawn from held-out text, each in front of a word where one begins close by. */
function promptsOf(
  ids: ArrayLike<number>,
  vocabulary: LmVocabulary,
  { prompts: wanted, seed, length }: Common & { length: number },
): Prefix[] {
  if (ids.length < 2 * length) return Array.from({ length: wanted }, () => START);
  const uniform = uniforms(seed);
  const last = ids.length - length;
  return Array.from({ length: wanted }, () => {
    let from = Math.floor(uniform() * last);
    // The token behind a prompt begins with a space, where there is one close by.
    for (let tries = 0; tries < 20 && from < last - 1; tries++, from++) {
      if (vocabulary.bytes(ids[from + length]!)[0] === 32) break;
    }
    return extendBy(
      START,
      Array.from({ length }, (_, i) => ids[from + i]!),
    );
  });
}
