import { readFile } from 'node:fs/promises';

/**
 * The package has the tokens of Mistral's tekken.json in one line, `! 0 base64 base64 ...`. Their ids begin after the
 * special tokens.
 * @param {string} file data/tekken/240718.json
 * @returns {Promise<Uint8Array>} the .tiktoken file that means the same
 */
export async function convert(file) {
  const { config, bpe_ranks } = JSON.parse(await readFile(file, 'utf8'));
  /** @type {string[]} */
  const [, first, ...tokens] = bpe_ranks.split(' ');
  const special = config.default_num_special_tokens;
  if (first !== '0' || tokens.length !== config.default_vocab_size - special) {
    throw new Error(`${file} has another form than expected: ${tokens.length} tokens from ${first}.`);
  }
  return new TextEncoder().encode(tokens.map((token, rank) => `${token} ${special + rank}\n`).join(''));
}
