import { corrupt, isObject, type JsonObject, unsupported } from './json';

/** What parts must name, by part and type. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  model: {
    WordPiece: ['unk_token', 'continuing_subword_prefix', 'max_input_chars_per_word'],
    WordLevel: ['unk_token'],
  },
  normalizer: {
    BertNormalizer: ['clean_text', 'handle_chinese_chars', 'lowercase'],
    Strip: ['strip_left', 'strip_right'],
    Prepend: ['prepend'],
    Replace: ['pattern', 'content'],
  },
  pre_tokenizer: {
    ByteLevel: ['add_prefix_space', 'trim_offsets'],
    CharDelimiterSplit: ['delimiter'],
    Digits: ['individual_digits'],
    Metaspace: ['replacement'],
    Split: ['pattern', 'behavior', 'invert'],
  },
  post_processor: {
    BertProcessing: ['sep', 'cls'],
    ByteLevel: ['add_prefix_space', 'trim_offsets'],
    RobertaProcessing: ['sep', 'cls', 'trim_offsets', 'add_prefix_space'],
    TemplateProcessing: ['single', 'pair', 'special_tokens'],
  },
  decoder: {
    BPEDecoder: ['suffix'],
    ByteLevel: ['add_prefix_space', 'trim_offsets'],
    CTC: ['pad_token', 'word_delimiter_token', 'cleanup'],
    Metaspace: ['replacement'],
    Replace: ['pattern', 'content'],
    Strip: ['content', 'start', 'stop'],
    WordPiece: ['prefix', 'cleanup'],
  },
};

const ADDED_TOKEN = ['id', 'content', 'single_word', 'lstrip', 'rstrip', 'normalized', 'special'];

/** Where the steps of a sequence are. */
const STEPS: Readonly<Record<string, string>> = {
  normalizer: 'normalizers',
  pre_tokenizer: 'pretokenizers',
  post_processor: 'processors',
  decoder: 'decoders',
};

/**
 * Refuses a tokenizer.json without what Hugging Face's library requires: it does not load such a file, so nobody knows
 * what it would mean. Tokenizers of other formats, which come as a tokenizer.json as well, need not be as complete.
 * @param json all but the model
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function checkRequired(json: JsonObject, model: JsonObject): void {
  if ('version' in json && json['version'] !== '1.0') {
    throw unsupported('version', `${JSON.stringify(json['version'])}; the known one is "1.0"`);
  }
  const added = 'added_tokens' in json ? json['added_tokens'] : [];
  if (!Array.isArray(added)) throw corrupt('added_tokens', 'is not a list');
  for (const [i, token] of added.entries()) {
    if (isObject(token)) requireKeys(token, ADDED_TOKEN, `added_tokens[${i}]`);
  }
  if (model['type'] === 'Unigram' && model['byte_fallback'] === null) {
    throw corrupt('model.byte_fallback', 'is neither true nor false');
  }
  checkPart('model', model, 'model');
  for (const part of Object.keys(STEPS)) checkPart(part, json[part], part);
}

function checkPart(part: string, value: unknown, place: string): void {
  if (!isObject(value)) return;
  const type = String(value['type']);
  if (type === 'Sequence') {
    const steps = value[STEPS[part] ?? ''];
    if (!Array.isArray(steps)) return;
    for (const [i, step] of steps.entries()) checkPart(part, step, `${place}.${STEPS[part]}[${i}]`);
    return;
  }
  requireKeys(value, REQUIRED[part]?.[type] ?? [], place);
  if (type !== 'Metaspace') return;
  const scheme = value['prepend_scheme'];
  if (value['add_prefix_space'] === false && scheme !== 'never') {
    throw corrupt(`${place}.prepend_scheme`, 'is not "never", although add_prefix_space is false');
  }
}

function requireKeys(object: JsonObject, keys: readonly string[], place: string): void {
  const missing = keys.find((key) => (object[key] ?? undefined) === undefined);
  if (missing !== undefined) throw corrupt(`${place}.${missing}`, 'is missing');
}
