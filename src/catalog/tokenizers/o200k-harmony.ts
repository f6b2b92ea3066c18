import type { TextCatalogEntry } from '../tokenizers';

// Ids 200000 to 201087 are reserved unless named. tiktoken spells 200018 a second way, as reserved; the name that
// o200k gives it is the only one here, so that an id has one text.
const special: Record<string, number> = {
  '<|startoftext|>': 199998,
  '<|endoftext|>': 199999,
  '<|return|>': 200002,
  '<|constrain|>': 200003,
  '<|channel|>': 200005,
  '<|start|>': 200006,
  '<|end|>': 200007,
  '<|message|>': 200008,
  '<|call|>': 200012,
  '<|endofprompt|>': 200018,
};
const named = new Set(Object.values(special));
for (let id = 200000; id < 201088; id++) if (!named.has(id)) special[`<|reserved_${id}|>`] = id;

export const entry: TextCatalogEntry = {
  id: 'o200k-harmony',
  label: 'o200k harmony',
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
    special,
  },
};
