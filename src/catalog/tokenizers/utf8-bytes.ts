import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'utf8-bytes',
  label: 'UTF-8 bytes',
  publisher: 'Unicode',
  summary: 'No vocabulary at all: every byte of the UTF-8 text is one of 256 tokens, as in ByT5.',
  licence: 'None needed: computed',
  licenceUrl: 'https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G31703',
  homepage: 'https://arxiv.org/abs/2105.13626',
  order: 900,
  oracle: { kind: 'definition' },
  spec: { kind: 'utf8-bytes' },
};
