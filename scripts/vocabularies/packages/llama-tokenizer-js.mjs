import { pathToFileURL } from 'node:url';

const MARK = '\u2581';

/**
 * The package has Llama 2's vocabulary and merges, but no description of what happens around them.
 * @param {string} file llama-tokenizer.js
 * @returns {Promise<Uint8Array>} the tokenizer.json that means the same
 */
export async function convert(file) {
  const { default: source } = await import(pathToFileURL(file).href);
  /** @type {string[]} */
  const tokens = source.vocabById;
  /** @type {[string, number][]} */
  const merges = [...source.merges.entries()];
  const special = (/** @type {number} */ id) => ({
    ...{ id, content: tokens[id], single_word: false, lstrip: false, rstrip: false },
    ...{ normalized: false, special: true },
  });
  const json = {
    added_tokens: [special(0), special(1), special(2)],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: MARK },
        { type: 'Replace', pattern: { String: ' ' }, content: MARK },
      ],
    },
    pre_tokenizer: null,
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
    },
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: MARK }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.sort((a, b) => a[1] - b[1]).map(([pair]) => pair.split(' ')),
    },
  };
  return new TextEncoder().encode(JSON.stringify(json));
}
