import type { TextCatalogEntry } from '../tokenizers';

const names =
  '<|endoftext|> <|im_start|> <|im_end|> <|object_ref_start|> <|object_ref_end|> <|box_start|> <|box_end|> <|quad_start|> <|quad_end|> <|vision_start|> <|vision_end|> <|vision_pad|> <|image_pad|> <|video_pad|> <tool_call> </tool_call> <|fim_prefix|> <|fim_middle|> <|fim_suffix|> <|fim_pad|> <|repo_name|> <|file_sep|> <tool_response> </tool_response> <think> </think>'.split(
    ' ',
  );
const SPECIAL = Object.fromEntries(names.map((name, i) => [name, 151643 + i]));

export const entry: TextCatalogEntry = {
  id: 'qwen-3',
  label: 'Qwen 3',
  publisher: 'Alibaba',
  summary:
    'The vocabulary of Qwen 2.5 with special tokens for thinking and tool responses, 151,669 in all: Qwen 3.',
  licence: 'Apache-2.0 (Qwen 3)',
  licenceUrl: 'https://huggingface.co/Qwen/Qwen3-8B/blob/main/LICENSE',
  homepage: 'https://github.com/QwenLM/Qwen3',
  order: 66,
  oracle: { kind: 'reference' },
  lossy: true,
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'qwen-2.5',
    pattern: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
    special: SPECIAL,
    normalizer: 'NFC',
  },
};
