import type { TextCatalogEntry } from '../tokenizers';

const BYTE_LEVEL = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };

export const entry: TextCatalogEntry = {
  id: 'bpe-200k-olmo',
  label: 'BPE 200k of the SuperBPE paper',
  publisher: 'University of Washington',
  summary:
    'Byte-level BPE with 200,000 tokens, learned from the same data as SuperBPE 200k, and what that paper compares with.',
  licence: 'MIT (SuperBPE)',
  licenceUrl: 'https://github.com/PythonNut/superbpe/blob/main/LICENSE',
  homepage: 'https://arxiv.org/abs/2503.13423',
  order: 81,
  source: {
    format: 'tokenizer.json',
    // The first 180,000 merges are SuperBPE's, but for 7.
    files: ['data/tokenizers/superbpe-200k/merges.txt.br', 'data/tokenizers/bpe-200k-olmo/merges.changes.br'],
    downloadedFrom:
      'https://github.com/PythonNut/superbpe/blob/bbd09768fc28a875cef48e6bdd66e3a17454628e/tokenizer_json/olmo2_p99_truncate_pretok_10G_200K/merges.txt',
    // As utils.py of the repository had it when this was trained (commit b8366a8): numbers from the right by threes, and
    // words as GPT-2 divides them, without contractions.
    description: {
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Digits', individual_digits: false },
          {
            type: 'Split',
            pattern: {
              Regex: String.raw`(?=(\d{3})+(?!\d))| ?\p{L}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
            },
            behavior: 'Isolated',
            invert: false,
          },
          BYTE_LEVEL,
        ],
      },
      decoder: BYTE_LEVEL,
    },
  },
  oracle: { kind: 'hugging-face' },
  spec: { kind: 'pipeline', vocabulary: 'bpe-200k-olmo' },
};
