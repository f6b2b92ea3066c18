import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'words',
  label: 'Whitespace words',
  publisher: 'Unicode',
  summary: 'Words as whitespace divides them, each with the whitespace before it. Ids are hashes (FNV-1a).',
  licence: 'None needed: computed',
  licenceUrl: 'https://www.unicode.org/license.txt',
  homepage: 'https://www.unicode.org/reports/tr44/#White_Space',
  order: 880,
  oracle: { kind: 'definition' },
  spec: { kind: 'words' },
};
