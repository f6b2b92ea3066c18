import type { TextCatalogEntry } from '../tokenizers';

const BYTE_LEVEL = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };

export const entry: TextCatalogEntry = {
  id: 'superbpe-200k',
  label: 'SuperBPE 200k',
  publisher: 'University of Washington',
  summary:
    'Byte-level BPE whose last 20,000 of 200,000 tokens may span several words, such as “ of the”: the SuperBPE paper’s.',
  licence: 'MIT (SuperBPE)',
  licenceUrl: 'https://github.com/PythonNut/superbpe/blob/main/LICENSE',
  homepage: 'https://arxiv.org/abs/2503.13423',
  order: 80,
  source: {
    format: 'tokenizer.json',
    files: ['data/tokenizers/superbpe-200k/merges.txt.br'],
    downloadedFrom:
      'https://github.com/PythonNut/superbpe/blob/bbd09768fc28a875cef48e6bdd66e3a17454628e/tokenizer_json/olmo2_p99_truncate_10G_180K_extend_200K_mw4_colon/merges.txt',
    // The second stage's, as utils.py of the repository had it when this was trained (commit b8366a8; llama.cpp has the
    // same for the paper's models): nothing but numbers is divided, from the right by threes, so that merges may cross
    // words. Its vocabulary says so too: `),Ġand` could not be made by the later expression of extend_tokenizer.sh.
    description: {
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Digits', individual_digits: false },
          {
            type: 'Split',
            pattern: { Regex: String.raw`(?=(\d{3})+(?!\d))` },
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
  spec: { kind: 'pipeline', vocabulary: 'superbpe-200k' },
};
