import { TokenoscopeError } from '../../core/errors';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { tokenizerFromFiles } from '../../tokenizers/files/tokenizer-file';
import type { DataFile, Runtime } from '../ort/runtime';
import { type Encodings, everyEncoding } from './encodings';
import { ExactBytes } from './exact-bytes';
import { byteVocabulary, type LmVocabulary, vocabularyOf } from './language-model';
import type { LmGolden, LmManifest } from './manifest';
import { NetworkModel } from './network-model';
import { tokenizerEncodings } from './tokenizer-encodings';

/** All files of a language model, checked against its manifest. */
export interface LmFiles {
  readonly manifest: LmManifest;
  readonly model: Uint8Array;
  readonly data: readonly DataFile[];
  /** A tokenizer.json; undefined where the ids are bytes. */
  readonly tokenizer: Uint8Array | undefined;
  readonly golden: LmGolden;
}

/** A text as a model reads it. */
export type LmTokens = Pick<TokenSequence, 'ids' | 'starts' | 'ends'>;

/** A language model that is loaded and was found to compute what its training computed. */
export interface OpenModel {
  readonly manifest: LmManifest;
  readonly model: NetworkModel;
  /** Which of its tokens may follow which. */
  readonly encodings: Encodings;
  /** What it says of bytes, whatever its tokens are. */
  readonly exact: ExactBytes;
  /** The tokens of a text; a lone surrogate is U+FFFD. */
  encode(text: string): LmTokens;
}

/**
 * How far a probability's logarithm may be from what training computed. Graph and torch differ by at most 0.001 (the
 * manifests' own check); processors round differently.
 */
const TOLERANCE = 0.003;

/**
 * Opens a language model and runs the first of its golden texts.
 * @throws TokenoscopeError `model-corrupt`, also where it computes something else than in training; `model-run`, `aborted`
 */
export async function openLanguageModel(
  files: LmFiles,
  runtime: Runtime,
  signal?: AbortSignal,
): Promise<OpenModel> {
  const { manifest } = files;
  const tokenizer = files.tokenizer && (await readTokenizer(files.tokenizer, manifest, signal));
  const vocabulary = tokenizer ? lmVocabulary(tokenizer, manifest) : byteVocabulary;
  if (vocabulary.size !== manifest.vocabulary.symbols) {
    throw corrupt(manifest, `it has ${manifest.vocabulary.symbols} symbols and ${vocabulary.size} tokens`);
  }
  const session = await runtime.load(files.model, files.data);
  const model = new NetworkModel(session, manifest, vocabulary);
  const difference = await goldenDifference(model, files.golden, signal);
  if (!(difference <= TOLERANCE)) {
    await model.release();
    throw corrupt(manifest, `its logarithms are off by ${difference} on a text that training computed`);
  }
  let known: Encodings | undefined;
  let exact: ExactBytes | undefined;
  // Half a second of work, of which most readings need nothing.
  const encodings = () => {
    known ??= tokenizer
      ? tokenizerEncodings(tokenizer, files.tokenizer, vocabulary)
      : everyEncoding(vocabulary.size);
    return known;
  };
  return {
    manifest,
    model,
    get encodings() {
      return encodings();
    },
    get exact() {
      exact ??= new ExactBytes(model, encodings());
      return exact;
    },
    encode: (text) =>
      tokenizer ? tokenizer.encode(text, { special: 'text' }) : byteTokens(encodeUtf8(text)),
  };
}

/**
 * The largest difference of a logarithm of a probability (base e) from what training computed.
 * @param extent `first`: one text, cheap enough for every visit
 */
export async function goldenDifference(
  model: NetworkModel,
  { cases }: LmGolden,
  signal?: AbortSignal,
  extent: 'first' | 'all' = 'first',
): Promise<number> {
  let most = 0;
  for (const { ids, logProbs } of extent === 'first' ? cases.slice(0, 1) : cases) {
    await model.read(
      ids,
      0,
      ids.length,
      (index, logits, normalizer) => {
        const off = Math.abs(logits[ids[index]!]! - normalizer - logProbs[index]!);
        // Also where it is no number.
        if (!(off <= most)) most = off;
      },
      signal,
    );
  }
  return most;
}

async function readTokenizer(
  bytes: Uint8Array,
  { id }: LmManifest,
  signal: AbortSignal | undefined,
): Promise<Tokenizer> {
  const file = { name: `${id}/tokenizer.json`, bytes };
  return (await tokenizerFromFiles([file], signal ? { signal } : {})).tokenizer;
}

/** Control tokens add nothing to a text. */
function lmVocabulary(tokenizer: Tokenizer, { vocabulary: { start } }: LmManifest): LmVocabulary {
  const { size, bytes } = vocabularyOf(tokenizer);
  const nothing = new Uint8Array();
  return { size, bytes: (id) => (id === start ? nothing : bytes(id)) };
}

function byteTokens(bytes: Uint8Array): LmTokens {
  return {
    ids: Uint32Array.from(bytes),
    starts: Uint32Array.from(bytes, (_, i) => i),
    ends: Uint32Array.from(bytes, (_, i) => i + 1),
  };
}

function corrupt({ label }: LmManifest, detail: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    `${label} does not work here: ${detail}.`,
    'Reload the page to fetch it again, or try another browser.',
  );
}
