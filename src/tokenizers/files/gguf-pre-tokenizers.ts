import type { JsonObject } from '../hugging-face/json';
import { tiktokenEncodings } from './tiktoken-encodings';

/** How texts are cut before byte-level BPE, in the form of a tokenizer.json. */
export interface GgufPreTokenizer {
  readonly preTokenizer: JsonObject;
  readonly normalizer?: 'NFC';
  /** A piece that is a token needs no merges. */
  readonly ignoresMerges?: true;
  /** A beginning is put before texts unless the file says otherwise. */
  readonly addsBos?: true;
}

const split = (expression: string): JsonObject => ({
  type: 'Split',
  pattern: { Regex: expression },
  behavior: 'Isolated',
  invert: false,
});
const byteLevel = (splits: boolean): JsonObject => ({
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: splits,
});
const sequence = (...pretokenizers: readonly JsonObject[]): JsonObject => ({
  type: 'Sequence',
  pretokenizers,
});
const splits = (...expressions: readonly string[]) => sequence(...expressions.map(split), byteLevel(false));

const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const SPACES = String.raw`\s*[\r\n]+|\s+(?!\S)|\s+`;
const LETTERS = String.raw`[^\r\n\p{L}\p{N}]?\p{L}+`;
const SIGNS = String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*`;
const UPPER = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`;
const LOWER = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`;
/** Words by case, each with `ending`; numbers; signs. */
const byCase = (ending: string, number: string) =>
  String.raw`[^\r\n\p{L}\p{N}]?${UPPER}*${LOWER}+${ending}|[^\r\n\p{L}\p{N}]?${UPPER}+${LOWER}*${ending}|${number}| ?[^\s\p{L}\p{N}]+[\r\n/]*|${SPACES}`;

const GPT2 = byteLevel(true);
const DIGITS = sequence({ type: 'Digits', individual_digits: true }, GPT2);
const LLAMA3 = splits(String.raw`${CONTRACTIONS}|${LETTERS}|\p{N}{1,3}|${SIGNS}|${SPACES}`);
const QWEN2 = splits(String.raw`${CONTRACTIONS}|${LETTERS}|\p{N}|${SIGNS}|${SPACES}`);
const QWEN35 = splits(
  String.raw`${CONTRACTIONS}|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|${SPACES}`,
);
const GPT4O = splits(byCase(`${CONTRACTIONS}?`, String.raw`\p{N}{1,3}`));
const TEKKEN = splits(byCase('', String.raw`\p{N}`));
const DEEPSEEK_V3 = splits(
  String.raw`\p{N}{1,3}`,
  '[一-龥぀-ゟ゠-ヿ]+',
  String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_${'`'}{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|${SPACES}`,
);
const DEEPSEEK_LLM = splits(
  '[\r\n]',
  String.raw`\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u1f7dᾀ-ᾴᾶ-ᾼ\u1fbeῂ-ῄῆ-ῌῐ-\u1fd3ῖ-\u1fdbῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u2126ℨ\u212a-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+`,
  String.raw`\s?[!-/:-~！-／：-～‘-‟　-。]+`,
  String.raw`\s+$`,
  '[一-龥ࠀ-一가-퟿]+',
  String.raw`\p{N}+`,
);
const DEEPSEEK_CODER = splits(
  '[\r\n]',
  String.raw`\s?\p{L}+`,
  String.raw`\s?\p{P}+`,
  '[一-龥ࠀ-一가-퟿]+',
  String.raw`\p{N}`,
);
const FALCON = sequence(split('[\\p{P}\\$\\+<=>\\^~\\|`]+'), byteLevel(true), split('[0-9][0-9][0-9]'));
const BLOOM_WORDS = String.raw` ?[^(\s|.,!?…。，、।۔،)]+`;
const BLOOM = splits(BLOOM_WORDS);
const VIKING = splits(BLOOM_WORDS, String.raw`\p{N}`);
const BAILING = splits(
  String.raw`'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+`,
);
const SEED_CODER = splits(String.raw`${CONTRACTIONS}|${LETTERS}|\p{N}| ?[^\s\p{L}\p{N}\r\n]+|${SPACES}`);
/** What llama.cpp does where a file names nothing. */
const UNNAMED = sequence(
  split(String.raw`[\p{P}\$\+<=>\^~\|]+`),
  byteLevel(true),
  { type: 'Digits', individual_digits: false },
  split('[0-9][0-9][0-9]'),
);
const KIMI = () => splits(tiktokenEncodings.find(({ id }) => id === 'kimi-k2')!.pattern);

type Row = readonly [names: string, how: () => GgufPreTokenizer];

const plain = (preTokenizer: JsonObject) => () => ({ preTokenizer });
const composed = (preTokenizer: JsonObject) => () => ({ preTokenizer, normalizer: 'NFC' as const });

/**
 * What the names in `tokenizer.ggml.pre` stand for: llama.cpp's src/llama-vocab.cpp says which of them are alike, and the
 * expressions are those of the models' own tokenizer.json, with their normalizers, which llama.cpp leaves out.
 */
const ROWS: readonly Row[] = [
  ['default', plain(UNNAMED)],
  [
    'llama3 llama-v3 llama-bpe falcon3 falcon-h1 midm-2.0 lfm2 jina-v5-nano pixtral',
    () => ({ preTokenizer: LLAMA3, ignoresMerges: true, addsBos: true }),
  ],
  ['dbrx smaug-bpe glm4 chatglm-bpe', plain(LLAMA3)],
  ['qwen2', composed(QWEN2)],
  ['qwen35', composed(QWEN35)],
  ['deepseek-r1-qwen megrez kormo f2llmv2 hunyuan stablelm2 solar-open grok-2', plain(QWEN2)],
  ['gpt-4o llama4 kanana2 talkie minimax-m2', plain(GPT4O)],
  ['tekken', () => ({ preTokenizer: TEKKEN, ignoresMerges: true, addsBos: true })],
  ['deepseek-llm', plain(DEEPSEEK_LLM)],
  ['deepseek-coder', plain(DEEPSEEK_CODER)],
  ['deepseek-v3 hunyuan-dense joyai-llm hy_v4', plain(DEEPSEEK_V3)],
  ['falcon', plain(FALCON)],
  ['starcoder refact smollm codeshell exaone minerva-7b mellum2', plain(DIGITS)],
  ['command-r', composed(DIGITS)],
  [
    'gpt-2 phi-2 jina-es jina-de jina-v2-es jina-v2-de jina-v1-en jina-v2-code roberta-bpe gigachat a.x-4.0 mellum jais exaone4 trillion granite-docling',
    plain(GPT2),
  ],
  ['mpt olmo modern-bert', composed(GPT2)],
  ['bloom gpt3-finnish poro-chat', plain(BLOOM)],
  ['viking', plain(VIKING)],
  ['bailingmoe bailingmoe2 llada-moe', plain(BAILING)],
  ['seed-coder', plain(SEED_CODER)],
  ['kimi-k2', () => ({ preTokenizer: KIMI() })],
];

/** How a GGUF file's texts are cut; undefined for a name that is not known. */
export function ggufPreTokenizer(name: string): GgufPreTokenizer | undefined {
  return ROWS.find(([names]) => names.split(' ').includes(name))?.[1]();
}

/** Every name that is known. */
export const ggufPreTokenizers: readonly string[] = ROWS.flatMap(([names]) => names.split(' '));
