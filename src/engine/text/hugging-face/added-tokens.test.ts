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
      const json = assembled('BPE', { added_tokens: tokens, pre_tokenizer: byteLevel, post_processor });
      await expectAgreement(json, options);
    }
  });
});
