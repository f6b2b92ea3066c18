import { readFile } from 'node:fs/promises';

/**
 * The package lists BERT's tokens with `\u2581` at a word's beginning instead of `##` at its continuation.
 * @param {string} file assets/vocab.json
 * @returns {Promise<Uint8Array>} BERT's vocab.txt
 */
export async function convert(file) {
  /** @type {string[]} */
  const marked = JSON.parse(await readFile(file, 'utf8'));
  const tokens = marked.map((token, id) => {
    // The package put its mark in the place of BERT's first unused token.
    if (id === 1) return '[unused0]';
    if (/^\[(?:unused\d+|PAD|UNK|CLS|SEP|MASK)\]$/.test(token)) return token;
    return token.startsWith('\u2581') ? token.slice(1) : `##${token}`;
  });
  return new TextEncoder().encode(tokens.join('\n'));
}
