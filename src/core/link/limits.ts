/** Longest hash of a link, in characters, `#` included. */
export const LINK_LIMIT = 65_536;

/** Most bytes that a link may inflate to. */
export const INFLATED_LIMIT = 4 * 2 ** 20;

/** Most tokens of a picture in a link. */
export const TOKENS_LIMIT = 4096;

/** Most bytes of a codec's file in a link. */
export const CODEC_FILE_LIMIT = 2048;

/** Most tokenizers in a link. */
export const TOKENIZERS_LIMIT = 32;

/** Most characters of a tokenizer file's name in a link. */
export const FILE_NAME_LIMIT = 80;

/** Most characters of JSON of what the parts of a lab are set to. */
export const SETTINGS_LIMIT = 16_384;
