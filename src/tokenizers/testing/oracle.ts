import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BPE,
  type Model,
  type PreTokenizer,
  Tokenizer,
  Unigram,
  WordLevel,
  WordPiece,
  whitespacePreTokenizer,
} from 'tokenizers';
import type { TokenSequence } from '../../core/text/token-sequence';
import { characterSpans } from './character-spans';
import { nastyText } from './nasty-text';

/** The parts of a tokenizer.json that tests put together. */
export type TokenizerJson = Record<string, unknown> & { model: Record<string, unknown> };

type ModelKind = 'BPE' | 'Unigram' | 'WordPiece' | 'WordLevel';

function emptyModel(kind: ModelKind): Model {
  switch (kind) {
    case 'BPE':
      return BPE.empty();
    case 'Unigram':
      return Unigram.empty();
    case 'WordPiece':
      return WordPiece.empty();
    case 'WordLevel':
      return WordLevel.empty() as unknown as Model;
  }
}

/** Trains a model with Hugging Face's own trainer on generated text; answers its tokenizer.json. */
export function trainedJson(
  kind: ModelKind,
  preTokenizer: PreTokenizer = whitespacePreTokenizer(),
): TokenizerJson {
  const prose =
    'the quick brown fox jumps over the lazy dog while tokenization splits words into pieces 2024 times';
  const nasty = Array.from({ length: 400 }, (_, i) => nastyText(1_000_000 + i).toWellFormed());
  const text = `${`${prose}\nPrices rose 3.5% in Köln. Привет мир, это текст.\n東京は日本の首都です。\n`.repeat(60)}${nasty.join('\n')}`;
  return trainedOn(text, kind, preTokenizer);
}

/** Trains a model with Hugging Face's own trainer, at its default settings; answers its tokenizer.json. */
export function trainedOn(text: string, kind: ModelKind, preTokenizer: PreTokenizer): TokenizerJson {
  const folder = mkdtempSync(join(tmpdir(), 'tokenoscope-'));
  try {
    const file = join(folder, 'text.txt');
    writeFileSync(file, text);
    const tokenizer = new Tokenizer(emptyModel(kind));
    tokenizer.setPreTokenizer(preTokenizer);
    tokenizer.train([file]);
    return savedJson(tokenizer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The tokenizer.json that the library writes for a tokenizer. */
export function savedJson(tokenizer: Tokenizer): TokenizerJson {
  const folder = mkdtempSync(join(tmpdir(), 'tokenoscope-'));
  try {
    const file = join(folder, 'tokenizer.json');
    tokenizer.save(file);
    return JSON.parse(readFileSync(file, 'utf8')) as TokenizerJson;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Hugging Face's library makes of a text. */
export interface OracleTokens {
  readonly ids: Uint32Array;
  /** Start and end of each token in code points, one after the other. */
  readonly spans: Uint32Array;
}

/** Asks the library; `text` must be well-formed. */
export async function askOracle(
  oracle: Tokenizer,
  text: string,
  addSpecialTokens = false,
): Promise<OracleTokens> {
  const encoding = await oracle.encode(text, null, { addSpecialTokens });
  return { ids: Uint32Array.from(encoding.getIds()), spans: Uint32Array.from(encoding.getOffsets().flat()) };
}

/** Hugging Face's library with one tokenizer. */
export interface Library {
  readonly oracle: Tokenizer;
  /**
   * The same with an unknown token, where the model has none and drops what it does not know: the library's offsets then
   * count only what is left, and slip after each dropped character. Made when it is first needed.
   */
  marked(): Marked | undefined;
}

interface Marked {
  readonly oracle: Tokenizer;
  readonly unknown: number;
}

/** The library with a tokenizer.json. */
export function libraryWith(json: string): Library {
  let known: { readonly marked: Marked | undefined } | undefined;
  return {
    oracle: Tokenizer.fromString(json),
    marked() {
      known ??= { marked: withUnknownToken(JSON.parse(json) as TokenizerJson) };
      return known.marked;
    },
  };
}

function withUnknownToken(json: TokenizerJson): Marked | undefined {
  const { model } = json;
  if ((model['type'] ?? 'BPE') !== 'BPE' || (model['unk_token'] ?? null) !== null) return undefined;
  const unknown = 1 << 24;
  const vocab = { ...(model['vocab'] as Record<string, number>), [DROPPED]: unknown };
  const marked = { ...json, model: { ...model, vocab, unk_token: DROPPED } };
  return { oracle: Tokenizer.fromString(JSON.stringify(marked)), unknown };
}

const DROPPED = '\u{10fffe}dropped';

/** The first difference between our tokens and the library's, in words; undefined where there is none. */
export async function disagreement(
  text: string,
  ours: TokenSequence,
  library: Library,
): Promise<string | undefined> {
  const theirs = await askOracle(library.oracle, text);
  const found = difference(text, ours, theirs);
  if (!found || theirs.ids.join() !== ours.ids.join()) return found;
  const marked = library.marked();
  if (!marked) return found;
  const { ids, spans } = await askOracle(marked.oracle, text);
  const kept = [...ids.keys()].filter((i) => ids[i] !== marked.unknown);
  const known = {
    ids: Uint32Array.from(kept, (i) => ids[i]!),
    spans: Uint32Array.from(kept.flatMap((i) => [spans[2 * i]!, spans[2 * i + 1]!])),
  };
  // Where a dropped character is within a token, no one tells the right offsets.
  return known.ids.join() === ours.ids.join() ? difference(text, ours, known) : undefined;
}

/** The same for what the library has answered already. */
export function difference(text: string, ours: TokenSequence, theirs: OracleTokens): string | undefined {
  if (ours.ids.join() !== theirs.ids.join()) {
    return `${JSON.stringify(text)}: ids ${ours.ids.join(' ')} instead of ${theirs.ids.join(' ')}`;
  }
  const spans = characterSpans(text, ours);
  if (spans.join() === theirs.spans.join() || coverMore(spans, theirs.spans)) return undefined;
  return `${JSON.stringify(text)}: spans ${spans.join(' ')} instead of ${theirs.spans.join(' ')}`;
}

/**
 * Whether the spans `ours` differ from `theirs` only as one rule wants it: where several characters become one, the library
 * gives it the place of one of them, and here it covers all. So ours may cover more, but nothing that is another token's
 * there, unless the two overlap here as well.
 */
function coverMore(ours: Uint32Array, theirs: Uint32Array): boolean {
  const overlap = (i: number, j: number) => ours[i]! < ours[j + 1]! && ours[j]! < ours[i + 1]!;
  const isFree = (i: number, from: number, to: number) => {
    for (let j = 0; j < theirs.length; j += 2) {
      if (theirs[j]! < to && from < theirs[j + 1]! && !overlap(i, j)) return false;
    }
    return true;
  };
  for (let i = 0; i < ours.length; i += 2) {
    if (ours[i] === theirs[i] && ours[i + 1] === theirs[i + 1]) continue;
    if (ours[i]! > theirs[i]! || ours[i + 1]! < theirs[i + 1]!) return false;
    if (!isFree(i, ours[i]!, theirs[i]!) || !isFree(i, theirs[i + 1]!, ours[i + 1]!)) return false;
  }
  return true;
}
