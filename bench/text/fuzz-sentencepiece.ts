import { encodeUtf8 } from '../../src/core/text/utf8';
import { sentencePieceSteps } from '../../src/tokenizers/files/sentencepiece-model';
import { drain } from '../../src/tokenizers/files/steps';
import { tokenizerFromJson } from '../../src/tokenizers/hugging-face/tokenizer-json';
import { charsmap } from '../../src/tokenizers/testing/charsmap';
import { withoutNewerUnicode } from '../../src/tokenizers/testing/newer-unicode';
import { disagreement, libraryWith } from '../../src/tokenizers/testing/oracle';
import { Random } from '../../src/tokenizers/testing/random';
import type { Comparison } from './comparison';
import { byteName, type NaiveModel, naiveSentencePiece } from './naive-sentencepiece';

/** Texts for each generated model. */
const TEXTS = 8;

const LETTERS = [
  'a',
  'b',
  'c',
  '\u4e16',
  'é',
  'e',
  '\u0301',
  ' ',
  ' ',
  '  ',
  '\u2581',
  '\t',
  'ﬁ',
  'x',
  '\u{1f600}',
];

/**
 * Generated SentencePiece models, by definition: naive-sentencepiece.ts. (Google's library itself is asked when the
 * golden answers are made.) And what tokens cover where a model lacks characters and normalizers join or remove some,
 * by Hugging Face's library.
 */
export const sentencePieceComparisons: readonly Comparison[] = [
  {
    name: 'generated SentencePiece models, by definition',
    prepare: async () => {
      let used = 0;
      let seed = 0;
      let current: ReturnType<typeof made> | undefined;
      return async (text: string) => {
        if (!current || used++ % TEXTS === 0) current = made(seedOf(text));
        seed = seedOf(text);
        // The definition takes quadratic time.
        const short = [...text].slice(0, 40).join('').toWellFormed();
        for (const one of [short, ownText(new Random(seed), current.model)]) {
          const ours = [...current.tokenizer.encode(one).ids].join();
          const theirs = naiveSentencePiece(current.model, one).join();
          if (ours === theirs) continue;
          return `ids ${ours} instead of ${theirs} for ${JSON.stringify(one)} with ${JSON.stringify(current.model)}`;
        }
        return undefined;
      };
    },
  },
  {
    name: 'generated normalizers and missing tokens, Hugging Face',
    prepare: async () => {
      let used = 0;
      let current: {
        ours: ReturnType<typeof tokenizerFromJson>;
        library: ReturnType<typeof libraryWith>;
        json: string;
      };
      return async (text: string) => {
        if (used++ % TEXTS === 0) {
          const json = JSON.stringify(odd(new Random(seedOf(text))));
          current = { ours: tokenizerFromJson(JSON.parse(json)), library: libraryWith(json), json };
        }
        const random = new Random(seedOf(text));
        // What a character map removes at the front shifts the library's offsets.
        const one = `c${withoutNewerUnicode(random.below(3) === 0 ? text : letters(random, 24)).toWellFormed()}`;
        const found = await disagreement(one, current.ours.tokenizer.encode(one), current.library);
        return found && `${found} with ${current.json.replace(/"precompiled_charsmap":"[^"]*"/, '')}`;
      };
    },
  },
];

function seedOf(text: string): number {
  let seed = 0;
  for (let i = 0; i < text.length; i++) seed = (Math.imul(seed, 31) + text.charCodeAt(i)) | 0;
  return seed >>> 0;
}

function letters(random: Random, most: number): string {
  let text = '';
  for (let n = 1 + random.below(most); n > 0; n--) text += random.pick(LETTERS);
  return text;
}

/** A text of the model's own letters and pieces. */
function ownText(random: Random, { pieces }: NaiveModel): string {
  let text = '';
  for (let n = random.below(12); n > 0; n--) {
    const { piece } = random.pick(pieces);
    text +=
      random.below(3) === 0 ? piece.replaceAll('\u2581', random.pick([' ', '\u2581'])) : letters(random, 5);
  }
  return text;
}

function made(seed: number) {
  const model = randomModel(new Random(seed));
  return { model, tokenizer: drain(sentencePieceSteps(fileOf(model), 'generated')).tokenizer };
}

function randomModel(random: Random): NaiveModel {
  const half = () => random.below(2) === 0;
  const type = random.pick(['Unigram', 'BPE', 'BPE', 'WORD', 'CHAR'] as const);
  const byteFallback = random.below(3) === 0;
  const escapeWhitespace = random.below(5) > 0;
  const hasUnused = random.below(3) === 0;
  const hasSymbols = half();
  const hasTies = random.below(3) === 0;
  const contents = new Set<string>();
  for (const letter of LETTERS) if (random.below(5) > 0) contents.add(letter);
  for (let n = random.below(40); n > 0; n--) {
    const [a, b] = [random.pick([...contents]), random.pick([...contents])];
    if (a !== undefined && b !== undefined && (a + b).length < 12) contents.add(a + b);
    if (random.below(4) === 0) contents.add(letters(random, 4));
  }
  const spaced = (text: string) => (escapeWhitespace ? text.replaceAll(' ', '\u2581') : text);
  const scoreOf = () => Math.fround(hasTies ? -random.below(4) : -random.unit() * 12);
  const taken = new Set(['<unk>', '<s>']);
  const pieces = [
    { piece: '<unk>', score: 0, type: 2 },
    { piece: '<s>', score: 0, type: 3 },
  ];
  for (const content of contents) {
    const kind = random.below(12);
    const isSymbol = hasSymbols && kind === 0;
    // Symbols are spelled as texts have them.
    const piece = isSymbol ? content : spaced(content);
    if (piece === '' || taken.has(piece)) continue;
    taken.add(piece);
    pieces.push({
      piece,
      score: scoreOf(),
      type: isSymbol ? 4 : hasUnused && kind < 4 ? 5 : kind === 11 ? 3 : 1,
    });
  }
  // In Unigram and BPE some piece is normal.
  if (!taken.has('q')) pieces.push({ piece: 'q', score: scoreOf(), type: 1 });
  if (byteFallback)
    for (let byte = 0; byte < 256; byte++) pieces.push({ piece: byteName(byte), score: 0, type: 6 });
  const rules = { ﬁ: 'fi', 'e\u0301': 'é', '\t': ' ', x: '', c: ' c', '\u4e16\u4e16': 'b ', '  ': '\u2581' };
  return {
    type,
    pieces,
    map: Object.fromEntries(Object.entries(rules).filter(() => random.below(3) === 0)),
    byteFallback,
    dummyPrefix: half(),
    removeExtraWhitespace: half(),
    escapeWhitespace,
    whitespaceAsSuffix: random.below(3) === 0,
  };
}

/** The model as a file (sentencepiece_model.proto). */
function fileOf(model: NaiveModel): Uint8Array {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
  const number = (field: number, value: number) => [...varint(field * 8), ...varint(value)];
  const bytes = (field: number, content: ArrayLike<number>) => [
    ...varint(field * 8 + 2),
    ...varint(content.length),
    ...Array.from(content),
  ];
  const float = (field: number, value: number) => [
    ...varint(field * 8 + 5),
    ...new Uint8Array(Float32Array.of(value).buffer),
  ];
  const out = model.pieces.flatMap(({ piece, score, type }) =>
    bytes(1, [...bytes(1, encodeUtf8(piece)), ...float(2, score), ...number(3, type)]),
  );
  const type = ['Unigram', 'BPE', 'WORD', 'CHAR'].indexOf(model.type) + 1;
  const trainer = [
    ...number(3, type),
    ...number(24, Number(model.whitespaceAsSuffix)),
    ...number(35, Number(model.byteFallback)),
  ];
  const map = Object.keys(model.map).length > 0 ? bytes(2, Buffer.from(charsmap(model.map), 'base64')) : [];
  const normalizer = [
    ...map,
    ...number(3, Number(model.dummyPrefix)),
    ...number(4, Number(model.removeExtraWhitespace)),
    ...number(5, Number(model.escapeWhitespace)),
  ];
  return Uint8Array.from([...out, ...bytes(2, trainer), ...bytes(3, normalizer)]);
}

/** A tokenizer.json of a few letters, without tokens for others, whose normalizers join and remove characters. */
function odd(random: Random): object {
  const charset = LETTERS.filter((letter) => letter.trim().length === 1 && random.below(3) > 0);
  const tokens = new Set(['c', ...charset]);
  const merges: [string, string][] = [];
  for (let n = random.below(14); n > 0; n--) {
    const pair: [string, string] = [random.pick([...tokens]), random.pick([...tokens])];
    merges.push(pair);
    tokens.add(pair.join(''));
  }
  const replace = (Regex: string, content: string) => ({ type: 'Replace', pattern: { Regex }, content });
  // Where a map both removes characters and makes several of one, the library takes one for the other.
  const map: Record<string, string> = random.pick([
    { x: '', b: '', 'e\u0301': 'é' },
    { ﬁ: 'fi', b: 'bb', é: 'e' },
  ]);
  const steps = [
    { type: 'NFC' },
    { type: 'NFKC' },
    { type: 'NFD' },
    { type: 'StripAccents' },
    { type: 'Lowercase' },
    replace(' {2,}', random.pick([' ', '\u2581', ''])),
    replace('[ab]+', random.pick(['a', 'ab', ''])),
    { type: 'Precompiled', precompiled_charsmap: charsmap(map) },
    { type: 'Strip', strip_left: true, strip_right: true },
    { type: 'Prepend', prepend: '\u2581' },
  ].filter(() => random.below(5) === 0);
  const split = { type: 'WhitespaceSplit' };
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true };
  const model = {
    type: 'BPE',
    unk_token: random.pick([null, null, 'c']),
    byte_fallback: false,
    fuse_unk: random.below(2) === 0,
    vocab: Object.fromEntries([...tokens].map((token, id) => [token, id])),
    merges,
  };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'Sequence', normalizers: steps },
    pre_tokenizer: random.pick([null, split, byteLevel]),
    post_processor: null,
    decoder: null,
    model,
  };
}
