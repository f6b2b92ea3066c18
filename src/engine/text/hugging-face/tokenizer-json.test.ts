import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { byteToken } from '../models/unigram';
import { nastyText } from '../testing/nasty-text';
import { dependsOnUnicodeVersion } from '../testing/newer-unicode';
import { askOracle, difference, type TokenizerJson, trainedJson } from '../testing/oracle';
import { tokenizerFromJson } from './tokenizer-json';

const SEEDS = 150;

const models = {
  BPE: trainedJson('BPE'),
  Unigram: trainedJson('Unigram'),
  WordPiece: trainedJson('WordPiece'),
  WordLevel: trainedJson('WordLevel'),
};

// Without an unknown token Hugging Face drops characters and then misplaces all that follows them in the piece.
const unknownIsA = { unk_token: 'a' };

const added = (content: string, id: number, options: object = {}) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
  ...options,
});

/** The model with a token for every byte. */
function withBytes(kind: 'BPE'): object {
  const { vocab } = models[kind].model as { vocab: Record<string, number> };
  const size = Object.keys(vocab).length;
  const bytes = Array.from({ length: 256 }, (_, byte) => [byteToken(byte), size + byte]);
  return { byte_fallback: true, vocab: { ...vocab, ...Object.fromEntries(bytes) } };
}

function assemble(kind: keyof typeof models, parts: object, model: object = {}): TokenizerJson {
  const base = models[kind];
  return {
    ...base,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    ...parts,
    model: { ...base.model, ...(kind === 'BPE' ? unknownIsA : {}), ...model },
  };
}

const whitespaceSplit = { type: 'WhitespaceSplit' };

const normalizers: [string, object][] = [
  ['NFC', { type: 'NFC' }],
  ['NFD', { type: 'NFD' }],
  ['NFKC', { type: 'NFKC' }],
  ['NFKD', { type: 'NFKD' }],
  ['Lowercase', { type: 'Lowercase' }],
  ['NFD + StripAccents', { type: 'Sequence', normalizers: [{ type: 'NFD' }, { type: 'StripAccents' }] }],
  ['Strip', { type: 'Strip', strip_left: true, strip_right: false }],
  ['Nmt', { type: 'Nmt' }],
  ['Replace', { type: 'Replace', pattern: { String: 'e' }, content: 'xyz' }],
  ['Replace, expression', { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' }],
  ['Prepend', { type: 'Prepend', prepend: '▁' }],
  [
    'BertNormalizer',
    {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
  ],
  [
    'BertNormalizer, cased',
    {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: false,
    },
  ],
  ['ByteLevel', { type: 'ByteLevel' }],
];

const preTokenizers: [string, object | null][] = [
  ['none', null],
  ['Whitespace', { type: 'Whitespace' }],
  ['WhitespaceSplit', whitespaceSplit],
  ['BertPreTokenizer', { type: 'BertPreTokenizer' }],
  ['ByteLevel', { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }],
  ['ByteLevel, whole', { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }],
  ['Metaspace', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }],
  ['Metaspace, first', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }],
  ['Metaspace, never', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: true }],
  ...['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'].flatMap(
    (behavior): [string, object][] => [
      [`Split, ${behavior}`, { type: 'Split', pattern: { Regex: '[aeiou \\n]' }, behavior, invert: false }],
      [`Split, ${behavior}, inverted`, { type: 'Split', pattern: { String: ' ' }, behavior, invert: true }],
      [`Punctuation, ${behavior}`, { type: 'Punctuation', behavior }],
    ],
  ),
  ['Digits', { type: 'Digits', individual_digits: true }],
  ['Digits, together', { type: 'Digits', individual_digits: false }],
  ['CharDelimiterSplit', { type: 'CharDelimiterSplit', delimiter: 'e' }],
  ['UnicodeScripts', { type: 'UnicodeScripts' }],
  ['FixedLength', { type: 'FixedLength', length: 3 }],
  [
    'Sequence',
    {
      type: 'Sequence',
      pretokenizers: [
        whitespaceSplit,
        { type: 'Digits', individual_digits: true },
        { type: 'Punctuation', behavior: 'Isolated' },
      ],
    },
  ],
];

async function expectAgreement(
  json: TokenizerJson,
  options: { addSpecialTokens?: boolean; also?: string[] } = {},
): Promise<void> {
  const oracle = Oracle.fromString(JSON.stringify(json));
  const { tokenizer } = tokenizerFromJson(json);
  const differences: string[] = [];
  let compared = 0;
  const texts = [...(options.also ?? []), ...Array.from({ length: SEEDS }, (_, seed) => nastyText(seed))];
  for (const nasty of texts) {
    const text = nasty.toWellFormed();
    if (dependsOnUnicodeVersion(text)) continue;
    compared++;
    const theirs = await askOracle(oracle, text, options.addSpecialTokens);
    const ours = tokenizer.encode(text, {
      special: 'parse',
      addSpecialTokens: options.addSpecialTokens ?? false,
    });
    const found = difference(text, ours, theirs);
    if (found) differences.push(found);
  }
  expect(compared).toBeGreaterThan(SEEDS / 2);
  expect(differences.slice(0, 3)).toEqual([]);
}

describe('normalizers agree with Hugging Face', () => {
  it.each(normalizers)('%s', async (_, normalizer) => {
    await expectAgreement(assemble('BPE', { normalizer }));
  });
});

describe('pre-tokenizers agree with Hugging Face', () => {
  it.each(preTokenizers)('%s', async (_, pre_tokenizer) => {
    await expectAgreement(assemble('BPE', { pre_tokenizer }));
  });
});

describe('models agree with Hugging Face', () => {
  it.each(Object.keys(models) as (keyof typeof models)[])('%s', async (kind) => {
    const unknown = kind === 'Unigram' ? { unk_id: 0 } : unknownIsA;
    await expectAgreement(assemble(kind, { pre_tokenizer: whitespaceSplit }, unknown));
  });

  it('BPE over the whole text, and with the unknown token fused', async () => {
    await expectAgreement(assemble('BPE', { pre_tokenizer: null }, { fuse_unk: true }));
  });

  it('BPE, byte fallback', async () => {
    await expectAgreement(assemble('BPE', { pre_tokenizer: null }, withBytes('BPE')));
  });

  it('BPE, merges ignored for whole tokens', async () => {
    await expectAgreement(assemble('BPE', { pre_tokenizer: whitespaceSplit }, { ignore_merges: true }));
  });

  it('BPE with affixes', async () => {
    const vocab = { a: 0, '##b': 1, 'a##b': 2, '##c</w>': 3, 'abc</w>': 4, 'a</w>': 5, ab: 6 };
    const merges = [
      ['a', '##b'],
      ['ab', '##c</w>'],
    ];
    const model = {
      vocab,
      merges,
      unk_token: 'a',
      continuing_subword_prefix: '##',
      end_of_word_suffix: '</w>',
    };
    await expectAgreement(assemble('BPE', { pre_tokenizer: whitespaceSplit }, model), {
      also: ['abc', 'ab c', 'a', 'abx'],
    });
  });

  it('Unigram over the whole text', async () => {
    await expectAgreement(assemble('Unigram', { pre_tokenizer: null }, { unk_id: 0 }));
  });

  it('Unigram, byte fallback', async () => {
    const { vocab } = models.Unigram.model as { vocab: [string, number][] };
    const bytes = Array.from({ length: 256 }, (_, byte): [string, number] => [byteToken(byte), -20]);
    const model = { unk_id: 0, byte_fallback: true, vocab: [...vocab, ...bytes] };
    await expectAgreement(assemble('Unigram', { pre_tokenizer: whitespaceSplit }, model));
  });
});

describe('added tokens agree with Hugging Face', () => {
  const tokens = [
    added('<s>', 900_000),
    added('</s>', 900_001, { lstrip: true }),
    added('<unk>', 900_002, { rstrip: true }),
    added('[MASK]', 900_003, { lstrip: true, rstrip: true }),
    added('the', 900_004, { special: false, normalized: true, single_word: true }),
    added('HELLO', 900_005, { special: false, normalized: true }),
    added('<|endoftext|>', 900_006),
    added('<|endoftext', 900_007, { special: false }),
  ];

  it('in normalized and in raw text, with strips and word bounds', async () => {
    await expectAgreement(assemble('BPE', { added_tokens: tokens, normalizer: { type: 'Lowercase' } }), {
      also: [
        'a <s> b </s>  c <unk>  d  [MASK]  e',
        'the other the. atHe THE Hello hello',
        '<|endoftext<|endoftext|>',
      ],
    });
  });

  it('around the text', async () => {
    const template = (single: object[]) => ({
      type: 'TemplateProcessing',
      single,
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
      special_tokens: { '<s>': { id: '<s>', ids: [900_000], tokens: ['<s>'] } },
    });
    const text = { Sequence: { id: 'A', type_id: 0 } };
    const start = { SpecialToken: { id: '<s>', type_id: 0 } };
    const options = { addSpecialTokens: true };
    const pair = { sep: ['</s>', 900_001], cls: ['<s>', 900_000] };
    const byteLevel = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true };
    for (const post_processor of [
      template([start, text]),
      template([start, text, start]),
      { type: 'BertProcessing', ...pair },
      { type: 'RobertaProcessing', ...pair, trim_offsets: true, add_prefix_space: true },
      { type: 'Sequence', processors: [byteLevel, template([start, text])] },
    ]) {
      const json = assemble('BPE', { added_tokens: tokens, pre_tokenizer: byteLevel, post_processor });
      await expectAgreement(json, options);
    }
  });
});

describe('decoding agrees with Hugging Face', () => {
  it.each([
    ['none', null],
    ['Fuse', { type: 'Fuse' }],
    ['WordPiece', { type: 'WordPiece', prefix: '##', cleanup: true }],
    ['Metaspace', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }],
    ['BPEDecoder', { type: 'BPEDecoder', suffix: 'e' }],
    ['CTC', { type: 'CTC', pad_token: 'e', word_delimiter_token: 'o', cleanup: true }],
    [
      'Sequence',
      {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: 'e' }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
      },
    ],
  ])('%s', async (_, decoder) => {
    const json = assemble('BPE', { decoder, pre_tokenizer: { type: 'WhitespaceSplit' } });
    const oracle = Oracle.fromString(JSON.stringify(json));
    const { tokenizer } = tokenizerFromJson(json);
    for (let seed = 0; seed < SEEDS; seed++) {
      const { ids } = tokenizer.encode(nastyText(seed));
      const theirs = await oracle.decode([...ids], false);
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(tokenizer.decode(ids))).toBe(theirs);
    }
  });
});

describe('a file that is not usable is named as such', () => {
  const bpe = () => assemble('BPE', {});
  it.each([
    ['nothing', null, 'the file'],
    ['no model', {}, 'the file.model'],
    ['an unknown model', { model: { type: 'Neural' } }, 'Neural'],
    ['an unknown normalizer', { ...bpe(), normalizer: { type: 'Shout' } }, 'Shout'],
    [
      'an unknown pre-tokenizer',
      { ...bpe(), pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Cut' }] } },
      'pre_tokenizer.pretokenizers[0]',
    ],
    [
      'an expression that JavaScript lacks',
      {
        ...bpe(),
        pre_tokenizer: { type: 'Split', pattern: { Regex: '[a&&b]' }, behavior: 'Isolated', invert: false },
      },
      '[a&&b]',
    ],
    [
      'a merge of unknown tokens',
      { model: { type: 'BPE', vocab: { a: 0 }, merges: ['a b'] } },
      'model.merges[0]',
    ],
    ['a merge of three', { model: { type: 'BPE', vocab: { a: 0 }, merges: ['a a a'] } }, 'model.merges[0]'],
    [
      'two tokens with one id',
      { model: { type: 'BPE', vocab: { a: 0, b: 0 }, merges: [] } },
      'repeats the id 0',
    ],
    ['a negative id', { model: { type: 'BPE', vocab: { a: -1 }, merges: [] } }, 'model.vocab["a"]'],
    ['a wild id', { model: { type: 'BPE', vocab: { a: 2_000_000_000 }, merges: [] } }, 'far beyond'],
    ['dropout', { model: { type: 'BPE', dropout: 0.1, vocab: { a: 0 }, merges: [] } }, 'model.dropout'],
  ])('%s', (_, json, part) => {
    expect(() => tokenizerFromJson(json)).toThrow(expect.objectContaining({ code: 'tokenizer-corrupt' }));
    expect(() => tokenizerFromJson(json)).toThrow(part);
  });

  it('says what it leaves out', () => {
    const { notes } = tokenizerFromJson({ ...bpe(), truncation: { max_length: 4 } });
    expect(notes.join()).toContain('truncation');
  });
});
