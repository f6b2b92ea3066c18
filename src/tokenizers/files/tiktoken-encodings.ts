import { scannedPatterns } from '../pretokenizers/known-scanners';
import { harmonyTokens } from './harmony-tokens';
import { filled } from './reserved-tokens';

/** What a .tiktoken file leaves to the program that reads it. */
export interface TiktokenEncoding {
  /** In links and on the command line: never changed. */
  readonly id: string;
  readonly name: string;
  /** Tokens of its file. */
  readonly tokens: number;
  /** How a text is split into pieces, in Rust's syntax. */
  readonly pattern: string;
  /** Its special tokens by id. */
  readonly special: () => Readonly<Record<string, number>>;
  readonly normalizer?: 'NFC';
}

const [GPT2, CL100K, QWEN, O200K] = scannedPatterns as [string, string, string, string];

// As its publisher writes it: [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]], and [\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]].
const UPPER = String.raw`(?:(?!\p{Han})[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])`;
const LOWER = String.raw`(?:(?!\p{Han})[\p{Ll}\p{Lm}\p{Lo}\p{M}])`;
const CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
const KIMI = [
  String.raw`[\p{Han}]+`,
  String.raw`[^\r\n\p{L}\p{N}]?${UPPER}*${LOWER}+${CONTRACTION}`,
  String.raw`[^\r\n\p{L}\p{N}]?${UPPER}+${LOWER}*${CONTRACTION}`,
  String.raw`\p{N}{1,3}`,
  String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*`,
  String.raw`\s*[\r\n]+`,
  String.raw`\s+(?!\S)`,
  String.raw`\s+`,
].join('|');

/**
 * The encodings whose publishers give their vocabularies as .tiktoken files; of those with as many tokens, the first is
 * the one that a file is taken for. The facts are from tiktoken's openai_public.py, and from the tokenizer.py of
 * Whisper, Llama 3 and 4 (the latest of llama-models), tokenization_qwen.py (Qwen), tokenization_hy.py (Hunyuan), and
 * tokenization_kimi.py with tokenizer_config.json (Kimi K2.5, which only adds to K2's; K3).
 */
export const tiktokenEncodings: readonly TiktokenEncoding[] = [
  { id: 'gpt2', name: 'GPT-2', tokens: 50256, pattern: GPT2, special: () => ({ '<|endoftext|>': 50256 }) },
  { id: 'p50k', name: 'p50k', tokens: 50280, pattern: GPT2, special: () => ({ '<|endoftext|>': 50256 }) },
  {
    id: 'cl100k',
    name: 'cl100k',
    tokens: 100256,
    pattern: CL100K,
    special: () => ({ ...numbered(100257, ENDS), '<|endofprompt|>': 100276 }),
  },
  {
    id: 'o200k',
    name: 'o200k',
    tokens: 199998,
    pattern: O200K,
    special: () => ({ '<|endoftext|>': 199999, '<|endofprompt|>': 200018 }),
  },
  { id: 'o200k-harmony', name: 'o200k harmony', tokens: 199998, pattern: O200K, special: harmonyTokens },
  { id: 'llama-3', name: 'Llama 3', tokens: 128000, pattern: CL100K, special: llama3 },
  { id: 'llama-4', name: 'Llama 4', tokens: 200000, pattern: O200K, special: llama4 },
  {
    id: 'qwen',
    name: 'Qwen',
    tokens: 151643,
    pattern: QWEN,
    normalizer: 'NFC',
    special: () => numbered(151643, ['<|endoftext|>', '<|im_start|>', '<|im_end|>', ...series('extra', 205)]),
  },
  { id: 'kimi-k2', name: 'Kimi K2', tokens: 163584, pattern: KIMI, special: () => kimi(K2) },
  { id: 'kimi-k3', name: 'Kimi K3', tokens: 163584, pattern: KIMI, special: () => kimi(K3) },
  {
    id: 'hunyuan',
    name: 'Hunyuan',
    tokens: 127957,
    pattern: QWEN,
    normalizer: 'NFC',
    special: () =>
      numbered(127957, [
        ...words('<|endoftext|> <|startoftext|> <|bos|> <|eos|> <|pad|>'),
        ...series('extra', 205),
      ]),
  },
  {
    id: 'whisper',
    name: 'Whisper',
    tokens: 50257,
    pattern: GPT2,
    special: () => whisper(50257, 99),
  },
  {
    id: 'whisper-v3',
    name: 'Whisper large-v3',
    tokens: 50257,
    pattern: GPT2,
    special: () => whisper(50257, 100),
  },
  {
    id: 'whisper-english',
    name: 'Whisper, English only',
    tokens: 50256,
    pattern: GPT2,
    special: () => whisper(50256, 99),
  },
];

const ENDS = ['<|endoftext|>', '<|fim_prefix|>', '<|fim_middle|>', '<|fim_suffix|>'];

function words(text: string): string[] {
  return text.split(' ');
}

/** `<|name_0|>` and so on. */
function series(name: string, count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, i) => `<|${name}_${first + i}|>`);
}

function numbered(first: number, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, first + i]));
}

function llama3(): Record<string, number> {
  const names = words(
    '<|begin_of_text|> <|end_of_text|> <|reserved_special_token_0|> <|reserved_special_token_1|> <|finetune_right_pad_id|> <|step_id|> <|start_header_id|> <|end_header_id|> <|eom_id|> <|eot_id|> <|python_tag|> <|image|>',
  );
  return numbered(128000, [...names, ...series('reserved_special_token', 256 - names.length, 2)]);
}

function llama4(): Record<string, number> {
  const text = (count: number, first: number) =>
    series('text_post_train_reserved_special_token', count, first);
  const vision = (count: number, first: number) => series('vision_reserved_special_token', count, first);
  const names = [
    ...words('<|begin_of_text|> <|end_of_text|> <|fim_prefix|> <|fim_middle|> <|fim_suffix|>'),
    ...words('<|header_start|> <|header_end|> <|eom|> <|eot|> <|step|>'),
    ...text(6, 0),
    ...words('<|python_start|> <|python_end|> <|finetune_right_pad|>'),
    ...text(61, 8),
    ...words('<|image_start|> <|image_end|>'),
    ...vision(2, 0),
    ...words('<|tile_x_separator|> <|tile_y_separator|>'),
    ...vision(4, 2),
    '<|image|>',
    ...vision(1, 6),
    '<|patch|>',
    ...vision(1041, 7),
    ...series('reasoning_reserved_special_token', 8),
    ...words('<|reasoning_thinking_start|> <|reasoning_thinking_end|>'),
  ];
  return numbered(200000, [...names, ...series('reserved_special_token', 2048 - names.length)]);
}

/** From 163584 on; `-` is reserved. */
const K2 =
  '[BOS] [EOS] <|im_end|> <|im_user|> <|im_assistant|> - <|start_header_id|> <|end_header_id|> - [EOT] <|im_system|> <|tool_calls_section_begin|> <|tool_calls_section_end|> <|tool_call_begin|> <|tool_call_argument_begin|> <|tool_call_end|> - <|im_middle|> <|media_begin|> <|media_content|> <|media_end|> <|media_pad|> <think> </think>';
const K3 =
  '[BOS] [EOS] <|end_of_msg|> <|open|> <|close|> <|sep|> [start_header_id] [end_header_id] - [EOT] - - - - - - - - <|media_begin|> <|media_content|> <|media_end|> <|media_pad|>';

function kimi(names: string): Record<string, number> {
  const { '-': _, ...named } = numbered(163584, words(names));
  const ends = { '[UNK]': 163838, '[PAD]': 163839, ...(names === K3 ? { '<osagent_mode>': 163649 } : {}) };
  return filled({ ...named, ...ends }, 163584, 163840, (id) => `<|reserved_token_${id}|>`);
}

const LANGUAGES =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue';

function whisper(first: number, languages: number): Record<string, number> {
  return numbered(first, [
    ...words('<|endoftext|> <|startoftranscript|>'),
    ...words(LANGUAGES)
      .slice(0, languages)
      .map((language) => `<|${language}|>`),
    ...words('<|translate|> <|transcribe|> <|startoflm|> <|startofprev|> <|nospeech|> <|notimestamps|>'),
    ...Array.from({ length: 1501 }, (_, i) => `<|${(i / 50).toFixed(2)}|>`),
  ]);
}
