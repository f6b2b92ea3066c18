import { describe, it } from 'vitest';
import { added, assembled, expectAgreement } from '../testing/agreement';

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
    await expectAgreement(assembled('BPE', { added_tokens: tokens, normalizer: { type: 'Lowercase' } }), {
      also: [
        'a <s> b </s>  c <unk>  d  [MASK]  e',
        'the other the. atHe THE Hello hello',
        '<|endoftext<|endoftext|>',
      ],
    });
  });

  const normalizers = [null, { type: 'NFD' }, { type: 'Prepend', prepend: '▁' }];
  const preTokenizers = [
    { type: 'Whitespace' },
    { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
  ];
  it.each(
    normalizers.flatMap((normalizer) => preTokenizers.map((preTokenizer) => [normalizer, preTokenizer])),
  )('that overlap, behind %j and before %j', async (normalizer, pre_tokenizer) => {
    const added_tokens = [
      added('the', 1, { special: true, normalized: true }),
      added('He', 2, { special: false, normalized: true, lstrip: true }),
      added(' x ', 3, { special: false }),
      added('é', 4, { special: false, normalized: true }),
      added('e\u0301x', 5, { special: false }),
      added('<s>', 6),
      added('<s', 7, { special: false, rstrip: true }),
      added('over', 8, { single_word: true, special: false, lstrip: true, rstrip: true }),
      added('a.b*c', 9),
      added('字', 10, { single_word: true }),
    ];
    await expectAgreement(assembled('BPE', { added_tokens, normalizer, pre_tokenizer }), {
      also: [
        'HE he He the theHe  over  overt _over_ over. over',
        'e\u0301x é E\u0301X',
        '<s<s><s>  <s  a',
        'a x b x x a.b*c aXbbc',
        '字 字字 a字',
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
      { type: 'RobertaProcessing', ...pair, trim_offsets: false, add_prefix_space: true },
      { type: 'RobertaProcessing', ...pair, trim_offsets: true, add_prefix_space: false },
      { ...byteLevel, trim_offsets: false },
      { ...byteLevel, add_prefix_space: false },
      { type: 'Sequence', processors: [{ type: 'BertProcessing', ...pair }, byteLevel] },
      { type: 'Sequence', processors: [byteLevel, template([start, text])] },
    ]) {
      const json = assembled('BPE', { added_tokens: tokens, pre_tokenizer: byteLevel, post_processor });
      await expectAgreement(json, options);
    }
  });
});
