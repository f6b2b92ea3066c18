import { Tiktoken } from 'tiktoken';
import type { TextCatalogEntry } from '../../src/catalog/tokenizers';
import type { Tokenizer } from '../../src/core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../../src/core/text/utf8';
import { readVocabulary } from '../../src/package/vocabularies';
import { hashBytes } from '../../src/tokenizers/byte-hash';
import { tiktokenEncodings } from '../../src/tokenizers/files/tiktoken-encodings';
import { tokenizerFromFiles } from '../../src/tokenizers/files/tokenizer-file';
import { loadTokenizer } from '../../src/tokenizers/load';
import { scannedPatterns } from '../../src/tokenizers/pretokenizers/known-scanners';
import { withoutNewerUnicode } from '../../src/tokenizers/testing/newer-unicode';
import { Random } from '../../src/tokenizers/testing/random';
import {
  rankTokens,
  textOfParts,
  tiktokenFile,
  tiktokenRanks,
} from '../../src/tokenizers/testing/rank-vocabulary';
import type { Comparison } from './comparison';

/** Texts for each generated vocabulary. */
const TEXTS = 12;

/** .tiktoken files of generated ranks, read in each of the ways there are, against tiktoken. */
export const rankComparisons: readonly Comparison[] = tiktokenEncodings
  .filter((encoding, i) => tiktokenEncodings.findIndex(({ pattern }) => pattern === encoding.pattern) === i)
  .map(({ id, pattern, normalizer }) => ({
    name: `.tiktoken of random ranks read as ${id}, tiktoken`,
    prepare: async () => {
      let count = 0;
      let seed = 0;
      let vocabulary: Awaited<ReturnType<typeof prepared>> | undefined;
      return async (original) => {
        const at = count++;
        if (at % TEXTS === 0) {
          if (vocabulary) release(vocabulary.oracle);
          seed = numberOf(original);
          vocabulary = await prepared(seed, id, pattern);
        }
        const { tokens } = vocabulary!;
        const made = (at % 2 ? textOfParts(seed + at, tokens) : original).toWellFormed();
        // Without a scanner of its own a pattern sees the Unicode of the JavaScript engine.
        const raw = scannedPatterns.includes(pattern) ? made : withoutNewerUnicode(made);
        return compare(vocabulary!, normalizer ? raw.normalize(normalizer) : raw);
      };
    },
  }));

async function prepared(seed: number, encoding: string, pattern: string) {
  const tokens = rankTokens(seed);
  const file = { name: 'random.tiktoken', bytes: tiktokenFile(tokens) };
  const { tokenizer } = await tokenizerFromFiles([file], { encoding });
  return { tokens, tokenizer, oracle: new Tiktoken(tiktokenRanks(tokens), {}, officially(pattern)) };
}

/** One that has panicked cannot be freed. */
function release(oracle: Tiktoken): void {
  try {
    oracle.free();
  } catch {}
}

/** As publishers write it: ours do without intersections of classes. */
function officially(pattern: string): string {
  return pattern.replace(/\(\?:\(\?!\\p\{Han\}\)\[([^\]]+)\]\)/g, '[$1&&[^\\p{Han}]]');
}

function compare(
  { tokenizer, oracle }: { tokenizer: Tokenizer; oracle: Tiktoken },
  text: string,
): string | undefined {
  let right: Uint32Array | undefined;
  try {
    right = oracle.encode_ordinary(text);
  } catch {
    // It panics where a byte stays alone that has no token.
  }
  let ids: Uint32Array;
  try {
    ids = tokenizer.encode(text).ids;
  } catch (error) {
    return right ? `failed: ${error}` : undefined;
  }
  if (!right) return `${ids.join(' ')} instead of an error`;
  if (ids.join() !== right.join()) return `${ids.join(' ')} instead of ${right.join(' ')}`;
  if (tokenizer.decode(ids).join() !== encodeUtf8(text).join()) return 'decoded to another text';
  const trace = tokenizer.trace(text);
  const count = trace?.kind === 'merges' ? trace.symbols.ids.length - trace.ids.length : -1;
  return count === ids.length ? undefined : `the trace leads to ${count} tokens instead of ${ids.length}`;
}

/** A comparison on texts made of the tokenizer's own tokens: nearly every one is met within longer pieces. */
export function onOwnTokens(entry: TextCatalogEntry, { name, prepare }: Comparison): Comparison {
  return {
    name: `${name}, on its own tokens`,
    prepare: async () => {
      const [check, tokenizer] = await Promise.all([
        prepare(),
        loadTokenizer(entry.spec, (name) => readVocabulary(name)),
      ]);
      return (text) => check(joined(tokenizer, new Random(numberOf(text))) + text.slice(0, 3));
    },
  };
}

function joined(tokenizer: Tokenizer, random: Random): string {
  const parts: string[] = [];
  for (let left = 1 + random.below(5); left > 0; left--) {
    const token = tokenizer.token(random.below(tokenizer.vocabularySize));
    if (token && !token.special) parts.push(decodeUtf8(token.bytes));
  }
  return random.below(2) === 0 ? parts.join('').replaceAll(' ', '') : parts.join('');
}

/** A seed: another one for nearly every text. */
function numberOf(text: string): number {
  return hashBytes(encodeUtf8(text), 0, text.length);
}
