import { harmonyTokens } from '../../tokenizers/files/harmony-tokens';
import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'o200k-harmony',
  label: 'o200k harmony',
  models: ['gpt-oss-120b', 'gpt-oss-20b'],
  publisher: 'OpenAI',
  summary: 'The o200k vocabulary with the special tokens of the harmony chat format: gpt-oss.',
  licence: 'MIT (tiktoken)',
  licenceUrl: 'https://github.com/openai/tiktoken/blob/main/LICENSE',
  homepage: 'https://github.com/openai/harmony',
  order: 45,
  oracle: { kind: 'tiktoken', encoding: 'o200k_base', ownSpecialTokens: true },
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'o200k',
    pattern: [
      String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
      String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
      String.raw`\p{N}{1,3}`,
      String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
      String.raw`\s*[\r\n]+`,
      String.raw`\s+(?!\S)`,
      String.raw`\s+`,
    ].join('|'),
    special: harmonyTokens(),
  },
};
