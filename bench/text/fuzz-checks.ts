import type { Tiktoken } from 'tiktoken';
import { readFiles } from '../../scripts/vocabularies/files.mjs';
import { tiktokenOf } from '../../src/catalog/testing/tiktoken-oracle';
import { type TextCatalogEntry, textTokenizers } from '../../src/catalog/tokenizers';
import type { Tokenizer } from '../../src/core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../../src/core/text/utf8';
import { readVocabulary } from '../../src/package/vocabularies';
import { tokenizerFromJson } from '../../src/tokenizers/hugging-face/tokenizer-json';
import { loadTokenizer } from '../../src/tokenizers/load';
import { scannedPatterns } from '../../src/tokenizers/pretokenizers/known-scanners';
import { withoutNewerUnicode } from '../../src/tokenizers/testing/newer-unicode';
import { disagreement, type Library, libraryWith } from '../../src/tokenizers/testing/oracle';
import { referenceJson } from '../../src/tokenizers/testing/reference-json';
import { trainedTokenizers } from '../../src/tokenizers/testing/trained';
import type { Check, Comparison } from './comparison';
import { modelComparisons } from './fuzz-models';
import { patternComparisons } from './fuzz-patterns';
import { sentencePieceComparisons } from './fuzz-sentencepiece';
import { onOwnTokens, rankComparisons } from './fuzz-tiktoken';
import { huggingFaceJson } from './hugging-face-json';

/** All comparisons, in order: those of every catalogue entry, and trained tokenizers of every model type. */
export const comparisons: readonly Comparison[] = [
  ...patternComparisons,
  ...textTokenizers.flatMap(comparisonsOf),
  ...rankComparisons,
  ...textTokenizers
    .filter(({ spec }) => 'vocabulary' in spec)
    .flatMap((entry) => comparisonsOf(entry).map((comparison) => onOwnTokens(entry, comparison))),
  ...Object.entries(trainedTokenizers).map(([name, train]) => ({
    name: `trained ${name}, Hugging Face`,
    prepare: async () => {
      const json = train();
      const lossless = name === 'BPE, byte-level';
      const library = libraryWith(JSON.stringify(json));
      return againstHuggingFace(tokenizerFromJson(json).tokenizer, library, { normalizes: true, lossless });
    },
  })),
  ...sentencePieceComparisons,
  ...modelComparisons,
];

function comparisonsOf(entry: TextCatalogEntry): Comparison[] {
  const { id, oracle } = entry;
  switch (oracle.kind) {
    case 'none':
      return [];
    case 'definition':
      return [{ name: `${id}, by definition`, prepare: () => definitions[id]!(entry) }];
    case 'tiktoken': {
      if (oracle.ownSpecialTokens || !oracle.encoding) {
        return [
          { name: `${id}, tiktoken`, prepare: async () => known(entry, await withOwnSpecialTokens(entry)) },
        ];
      }
      return [
        {
          name: `${id}, tiktoken`,
          prepare: async () => known(entry, againstTiktoken(await load(entry), await tiktokenOf(entry))),
        },
        { name: `${id}, Hugging Face`, prepare: () => rankVocabulary(entry) },
      ];
    }
    default:
      return [{ name: `${id}, Hugging Face`, prepare: () => ownTokenizerJson(entry) }];
  }
}

/** Entries whose definition is short enough to be repeated here. */
const definitions: Readonly<Record<string, (entry: TextCatalogEntry) => Promise<Check>>> = {
  'utf8-bytes': (entry) => byDefinition(entry, (text) => [...encodeUtf8(text)]),
  characters: (entry) => byDefinition(entry, (text) => Array.from(text, (point) => point.codePointAt(0)!)),
  words,
};

function load({ spec }: TextCatalogEntry): Promise<Tokenizer> {
  return loadTokenizer(spec, (name) => readVocabulary(name));
}

/** An expression without a scanner of its own sees the Unicode of the JavaScript engine, and tiktoken that of its own. */
function known({ spec }: TextCatalogEntry, check: Check): Check {
  if (spec.kind === 'bpe-ranks' && scannedPatterns.includes(spec.pattern)) return check;
  return (text) => check(withoutNewerUnicode(text));
}

/** Ids with special tokens and without; bytes of the ids, and of the ids in reverse, which splits characters. */
function againstTiktoken(tokenizer: Tokenizer, oracle: Tiktoken): Check {
  return async (original) => {
    const text = original.toWellFormed();
    const plain = tokenizer.encode(original).ids;
    const parsed = tokenizer.encode(original, { special: 'parse' }).ids;
    const reversed = parsed.slice().reverse();
    return (
      unequal('as text', plain, oracle.encode_ordinary(text)) ??
      unequal('parsed', parsed, oracle.encode(text, 'all')) ??
      unequal('decoded', tokenizer.decode(parsed), encodeUtf8(text)) ??
      unequal('reversed, decoded', tokenizer.decode(reversed), oracle.decode(reversed))
    );
  };
}

interface Traits {
  /** The text is normalized first, with Unicode tables of different ages. */
  readonly normalizes: boolean;
  readonly lossless: boolean;
}

/** Ids, offsets, and the text of the ids. */
function againstHuggingFace(tokenizer: Tokenizer, library: Library, { normalizes, lossless }: Traits): Check {
  return async (nasty) => {
    const original = normalizes ? withoutNewerUnicode(nasty) : nasty;
    const text = original.toWellFormed();
    const ours = tokenizer.encode(original, { special: 'parse' });
    const found = await disagreement(text, ours, library);
    if (found) return found;
    const decoded = tokenizer.decode(ours.ids);
    if (lossless) return unequal('decoded', decoded, encodeUtf8(text));
    const theirs = await library.oracle.decode([...ours.ids], false);
    return decodeUtf8(decoded) === theirs
      ? undefined
      : `decoded: ${decodeUtf8(decoded)} instead of ${theirs}`;
  };
}

/** tiktoken tells no offsets: a tokenizer.json of the same vocabulary does. It knows no special tokens. */
async function rankVocabulary(entry: TextCatalogEntry): Promise<Check> {
  const { spec } = entry;
  if (spec.kind !== 'bpe-ranks') throw new Error(`${entry.id} is not a rank vocabulary.`);
  const json = await huggingFaceJson(spec, await readVocabulary(spec.vocabulary));
  const library = libraryWith(JSON.stringify(json));
  const tokenizer = await load(entry);
  return async (original) => {
    const text = original.toWellFormed();
    return await disagreement(text, tokenizer.encode(original), library);
  };
}

async function withOwnSpecialTokens(entry: TextCatalogEntry): Promise<Check> {
  const special = 'special' in entry.spec ? entry.spec.special : {};
  const check = againstTiktoken(await load(entry), await tiktokenOf(entry));
  const names = Object.keys(special);
  // Generated texts have none of the entry's own special tokens.
  return (text) => check(`${text}${names[text.length % names.length]}${text.slice(0, 9)}${names[0]}`);
}

/** The entry's expected behaviour, from its own tokenizer.json or a hand-written one. */
async function ownTokenizerJson(entry: TextCatalogEntry): Promise<Check> {
  const isReference = entry.oracle.kind === 'reference';
  const [file] = isReference ? [] : await readFiles(entry.source!);
  const json = file ? decodeUtf8(file.bytes) : await referenceJson[entry.id]!();
  const lossless = entry.lossy !== true;
  return againstHuggingFace(await load(entry), libraryWith(json), { normalizes: !lossless, lossless });
}

async function byDefinition(entry: TextCatalogEntry, idsOf: (text: string) => number[]): Promise<Check> {
  const tokenizer = await load(entry);
  return async (original) => {
    const text = original.toWellFormed();
    const { ids, starts, ends } = tokenizer.encode(original);
    for (let i = 0; i < ids.length; i++) {
      if (starts[i] !== (i > 0 ? ends[i - 1] : 0)) return `token ${i} does not continue`;
    }
    return unequal('ids', ids, idsOf(text)) ?? unequal('decoded', tokenizer.decode(ids), encodeUtf8(text));
  };
}

async function words(entry: TextCatalogEntry): Promise<Check> {
  const tokenizer = await load(entry);
  return async (original) => {
    const text = original.toWellFormed();
    const { ids, starts, ends } = tokenizer.encode(original);
    const bytes = encodeUtf8(text);
    const ours = Array.from(ids, (_, i) => decodeUtf8(bytes.subarray(starts[i], ends[i])));
    const theirs = text.match(/\p{White_Space}*\P{White_Space}+|\p{White_Space}+$/gu) ?? [];
    if (ours.join('|') !== theirs.join('|')) return `${ours.join('|')} instead of ${theirs.join('|')}`;
    const fresh = (await load(entry)).encode(original);
    return unequal('as if first', ids, fresh.ids) ?? unequal('decoded', tokenizer.decode(ids), bytes);
  };
}

function unequal(what: string, ours: ArrayLike<number>, theirs: ArrayLike<number>): string | undefined {
  let same = ours.length === theirs.length;
  for (let i = 0; same && i < ours.length; i++) same = ours[i] === theirs[i];
  if (same) return undefined;
  return `${what}: ${Array.from(ours).join(' ')} instead of ${Array.from(theirs).join(' ')}`;
}
