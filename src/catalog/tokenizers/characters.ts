import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'characters',
  label: 'Characters',
  publisher: 'Unicode',
  summary: 'Every Unicode code point is a token, and its number is its id.',
  licence: 'None needed: computed',
  licenceUrl: 'https://www.unicode.org/license.txt',
  homepage: 'https://www.unicode.org/glossary/#code_point',
  order: 890,
  oracle: { kind: 'definition' },
  spec: { kind: 'characters' },
};
