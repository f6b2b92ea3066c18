import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { drain } from '../files/steps';
import { assembled } from '../testing/agreement';
import { tokenizerFromJson, tokenizerJsonSteps } from './tokenizer-json';

const bpe = (parts: object = {}) => ({
  model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'] },
  ...parts,
});
const model = (parts: object) => ({ model: { type: 'BPE', vocab: { a: 0 }, merges: [], ...parts } });
describe('a description that is not usable is named as such', () => {
  it.each([
    ['nothing', null, 'an object ({) is expected here, but there is "null"'],
    ['a list', [], 'an object ({) is expected here'],
    ['no model', {}, 'it has no "model"'],
    ['settings only', { tokenizer_class: 'GPT2Tokenizer' }, 'give the tokenizer.json'],
    ['a model of nothing', { model: null }, 'in model'],
    ['no vocabulary', { model: { type: 'BPE', merges: [] } }, 'it has no "vocab"'],
    ['no merges', { model: { type: 'BPE', vocab: { a: 0 } } }, 'model.merges is missing'],
    ['a vocabulary that is a text', model({ vocab: 'a' }), 'in model.vocab'],
    ['an unknown model', { model: { type: 'Neural', vocab: { a: 0 } } }, 'model.type is the model Neural'],
    [
      'Unigram with ids',
      { model: { type: 'Unigram', vocab: { a: 0 } } },
      'model.vocab is not a list of tokens and scores',
    ],
    [
      'Unigram beyond its vocabulary',
      { model: { type: 'Unigram', unk_id: 7, vocab: [['a', -1]] } },
      'model.unk_id is 7',
    ],
    ['a token without a score', { model: { type: 'Unigram', vocab: [['a']] } }, '"a" has no score'],
    [
      'a token with two scores',
      { model: { type: 'Unigram', vocab: [['a', 1, 2]] } },
      '"a" has more than a score',
    ],
    [
      'WordPiece without a prefix',
      { model: { type: 'WordPiece', unk_token: 'a', vocab: { a: 0 } } },
      'model.continuing_',
    ],
    [
      'WordLevel without an unknown token',
      { model: { type: 'WordLevel', vocab: { a: 0 } } },
      'model.unk_token is missing',
    ],
    ['another version', bpe({ version: '2.0' }), 'version is "2.0"; the known one is "1.0"'],
    ['a decoder without its suffix', bpe({ decoder: { type: 'BPEDecoder' } }), 'decoder.suffix is missing'],
    [
      'a step of a decoder without its content',
      bpe({
        decoder: { type: 'Sequence', decoders: [{ type: 'Fuse' }, { type: 'Strip', start: 1, stop: 0 }] },
      }),
      'decoder.decoders[1].content is missing',
    ],
    [
      'stripping of several characters',
      bpe({ decoder: { type: 'Strip', content: 'ab', start: 1, stop: 0 } }),
      'decoder.content is not a single character',
    ],
    [
      'stripping a part of a time',
      bpe({ decoder: { type: 'Strip', content: 'a', start: 0.5, stop: 0 } }),
      'decoder.start is not a whole number',
    ],
    [
      'a Metaspace that contradicts itself',
      bpe({ decoder: { type: 'Metaspace', replacement: '_', add_prefix_space: false } }),
      'decoder.prepend_scheme is not "never"',
    ],
    ['an unknown normalizer', bpe({ normalizer: { type: 'Shout' } }), 'Shout'],
    ['an unknown decoder', bpe({ decoder: { type: 'Whisper' } }), 'Whisper'],
    ['an unknown post-processor', bpe({ post_processor: { type: 'Sign' } }), 'Sign'],
    [
      'an unknown pre-tokenizer',
      bpe({ pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Cut' }] } }),
      'pre_tokenizer.pretokenizers[0]',
    ],
    [
      'an expression that JavaScript lacks',
      bpe({
        pre_tokenizer: { type: 'Split', pattern: { Regex: 'a\\Kb' }, behavior: 'Isolated', invert: false },
      }),
      'pre_tokenizer.pattern is a\\Kb, with \\K',
    ],
    ['a part of the wrong type', bpe({ normalizer: 'NFC' }), 'normalizer is not an object'],
    [
      'an option of the wrong type',
      bpe({ normalizer: { type: 'Strip', strip_left: 1, strip_right: true } }),
      'normalizer.strip_left',
    ],
    [
      'a character map of rubbish',
      bpe({ normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAA' } }),
      'normalizer.precompiled_charsmap',
    ],
    [
      'a character map that is no base64',
      bpe({ normalizer: { type: 'Precompiled', precompiled_charsmap: '%' } }),
      'normalizer.precompiled_charsmap',
    ],
    [
      'a merge of unknown tokens',
      model({ merges: ['a b'] }),
      'the merge "a b" names "b", which is not in the vocabulary',
    ],
    [
      'a pair of unknown tokens',
      model({ merges: [['b', 'a']] }),
      'the merge names "b", which is not in the vocabulary',
    ],
    [
      'a merge into nothing',
      bpe({ model: { type: 'BPE', vocab: { a: 0, b: 1 }, merges: ['a b'] } }),
      '"a" and "b" would become a token that',
    ],
    ['a merge of one', model({ merges: ['a'] }), 'is not two tokens with a space between'],
    ['a merge of three', model({ merges: ['a a a'] }), 'more than two tokens with a space'],
    ['a list of three', model({ merges: [['a', 'a', 'a']] }), 'names 3 tokens instead of two'],
    [
      'merges in two forms',
      model({ vocab: { a: 0, aa: 1 }, merges: ['a a', ['a', 'a']] }),
      'some merges are texts',
    ],
    [
      'a merge shorter than the prefix',
      model({ merges: ['a a'], continuing_subword_prefix: '##' }),
      '"a" is shorter than the prefix',
    ],
    ['a merge that is a number', model({ merges: [7] }), 'a merge is a text'],
    ['two tokens with one id', model({ vocab: { a: 0, b: 0 } }), '"b" has the id 0, which "a" has too'],
    ['a negative id', model({ vocab: { a: -1 } }), '"a" has the id -1'],
    ['a fractional id', model({ vocab: { a: 0.5 } }), '"a" has the id 0.5'],
    ['an enormous id', model({ vocab: { a: 2 ** 53 } }), '"a" has the id 9007199254740992'],
    ['a far id', model({ vocab: { a: 2_000_000_000 } }), 'far beyond the 1 tokens'],
    ['an id that is a text', model({ vocab: { a: '0' } }), 'a number is expected here, but there is'],
    ['an added token without an id', bpe({ added_tokens: [{ content: 'x' }] }), 'added_tokens[0].id'],
    ['an added token of the wrong type', bpe({ added_tokens: ['x'] }), 'added_tokens[0] is not an object'],
    ['added tokens that are no list', bpe({ added_tokens: {} }), 'added_tokens is not a list'],
    ['dropout beyond 1', model({ dropout: 1.5 }), 'model.dropout is 1.5, not between 0 and 1'],
  ])('%s', (_, json, part) => {
    const text = JSON.stringify(json);
    const load = () => drain(tokenizerJsonSteps(encodeUtf8(text), 'tokenizer.json'));
    expect(load).toThrow(part);
    expect(load).toThrow(expect.objectContaining({ code: 'tokenizer-corrupt' }));
  });

  it('names line, column, byte and path, wherever the file breaks off', () => {
    const text = JSON.stringify(assembled('BPE', {}), null, 2).slice(0, 4000);
    for (let length = 0; length < text.length; length += 37) {
      const load = () => drain(tokenizerJsonSteps(encodeUtf8(text.slice(0, length)), 'x.json'));
      expect(load).toThrow(/^x\.json is not usable: .* \(line \d+, column \d+, byte \d+( in .+)?\)\.$/);
    }
    const merges = '{"model": {"type": "BPE", "vocab": {"a": 0},\n"merges": ["a a",\n  "a b"]}}';
    const load = () =>
      drain(tokenizerJsonSteps(encodeUtf8(merges.replace('"a": 0', '"a": 0, "aa": 1')), 'x.json'));
    expect(load).toThrow('(line 3, column 3, byte 74 in model.merges[1])');
  });

  it('refuses sequences 10,000 deep', () => {
    const open = '{"type":"Sequence","normalizers":['.repeat(10_000);
    const text = `{"normalizer":${open}{"type":"NFC"}${']}'.repeat(10_000)},"model":{}}`;
    const load = () => drain(tokenizerJsonSteps(encodeUtf8(text), 'x.json'));
    expect(load).toThrow('nested more than 128 deep');
    expect(load).toThrow('in normalizer.normalizers[0].normalizers[0].');
  });

  it('names tokens that stand twice', () => {
    const text = '{"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "\\u0061": 2}, "merges": []}}';
    const load = () => drain(tokenizerJsonSteps(encodeUtf8(text), 'x.json'));
    expect(load).toThrow('"a" appears twice, with the id 0 and with the id 2');
  });

  it('takes holes between ids, any order of ids, and merges before the vocabulary', () => {
    const text = '{"model": {"merges": [["a", "b"]], "vocab": {"ab": 9, "b": 2, "a": 4}}}';
    const { tokenizer } = drain(tokenizerJsonSteps(encodeUtf8(text), 'x.json'));
    expect([...tokenizer.encode('abba').ids]).toEqual([9, 2, 4]);
    expect(() => tokenizer.tokenBytes(3)).toThrow('no token with id 3');
  });

  it('says what it leaves out', () => {
    const { notes } = tokenizerFromJson(bpe({ truncation: { max_length: 4 }, padding: { length: 4 } }));
    expect(notes.join()).toContain('truncation');
    expect(notes.join()).toContain('padding');
  });

  it('says that an expression may take very long', () => {
    const pre_tokenizer = {
      type: 'Split',
      pattern: { Regex: '(a+)+$' },
      behavior: 'Isolated',
      invert: false,
    };
    expect(tokenizerFromJson(bpe({ pre_tokenizer })).notes.join()).toContain('(a+)+$');
    expect(tokenizerFromJson(bpe()).notes).toEqual([]);
  });

  it('leaves dropout out, and says so', () => {
    const { tokenizer, notes } = tokenizerFromJson(
      model({ vocab: { a: 0, aa: 1 }, merges: ['a a'], dropout: 0.5 }),
    );
    expect([...tokenizer.encode('aaaa').ids]).toEqual([1, 1]);
    expect(notes).toEqual([
      'The file asks for dropout 0.5, which skips merges at random; here no merge is skipped.',
    ]);
    expect(tokenizerFromJson(model({ dropout: 0 })).notes).toEqual([]);
  });

  it('refuses templates that leave the text out, or repeat it', () => {
    const text = { Sequence: { id: 'A', type_id: 0 } };
    const start = { SpecialToken: { id: 'a', type_id: 0 } };
    const special_tokens = { a: { id: 'a', ids: [0], tokens: ['a'] } };
    for (const [single, part] of [
      [[start], 'a template without the text'],
      [[text, start, text], 'a template that repeats the text'],
      [['$A'], 'post_processor.single[0] is not an object'],
    ]) {
      const post_processor = { type: 'TemplateProcessing', single, pair: [], special_tokens };
      expect(() => tokenizerFromJson(bpe({ post_processor }))).toThrow(part as string);
    }
  });
});
