/**
 * What an absent field of a version 1 payload means. Part of the format: these never change, whatever the
 * app's own defaults become.
 */
export const V1_DEFAULTS = {
  lab: 'i',
  bits: 16,
  view: 'side',
  tokenizers: ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'],
} as const;
