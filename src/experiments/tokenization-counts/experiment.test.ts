import { beforeAll, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import { sampleText } from '../experiment';
import { runOn } from '../testing/run';
import { align } from './alignment';
import { experiment, type Result, type State, type TokenizerId, tokenizers } from './experiment';
import { group } from './grouping';
import { add, findSums } from './sums';

let drawn: Awaited<ReturnType<typeof runOn<State, Result>>>;
beforeAll(async () => {
  drawn = await runOn(experiment, await sampleText(experiment.input, 'sums-7-to-9'));
}, 60_000);

/** Chunks without groups. */
const chunksOf = ({ readings }: Result, id: TokenizerId) =>
  readings.find((each) => each.id === id)!.readings[0]!.map(({ chunks }) => chunks);

it('finds sums in a text, and nothing that only looks like one', () => {
  const found = (text: string) =>
    findSums(text, 99).map(({ operands, result }) => [...operands, result].join(' '));
  expect(found('1234567+89=\n12 + 7 = 19; and 1,000 + 2,000 (or 1+2+3=6).')).toEqual([
    '1234567 89 1234656',
    '12 7 19',
    '1000 2000 3000',
    '1 2 3 6',
  ]);
  expect(found('1.5+2 and 3+2.5, v2+3, 2*3+4, 3+4*5, 1+2-3, 2026-11+3, a+b=, 12+, 5 + x')).toEqual([]);
  expect(findSums('1+1 '.repeat(500), 200)).toHaveLength(200);
  expect(findSums(`${'9'.repeat(25)}+1`, 9)).toEqual([]);
  expect(found('1+2=\n3+4=\n')).toEqual(['1 2 3', '3 4 7']);
});

it('adds as on paper, with carries, and checks what the text says', () => {
  expect(add(['999', '1'])).toEqual({ operands: ['999', '1'], result: '1000', carries: [0, 1, 1, 1] });
  expect(add(['99', '99', '99']).carries).toEqual([0, 2, 2]);
  expect(add(['0', '00']).result).toBe('0');
  expect(findSums('12+7=20', 1)[0]!.stated).toBe('20');
  expect(findSums('12+7=019', 1)[0]!.stated).toBeUndefined();
  const next = mulberry32(1);
  for (let i = 0; i < 200; i++) {
    const [a, b] = [`${next()}${next() % 1000}`, `${next() % 10 ** (i % 9)}`] as const;
    expect(add([a, b]).result).toBe(String(BigInt(a) + BigInt(b)));
  }
});

it('groups in threes from either end (the chunk rule of the paper’s repository)', () => {
  expect(group('1234567', 'left', 'comma')).toBe('123,456,7');
  expect(group('1234567', 'right', 'comma')).toBe('1,234,567');
  expect(group('123456', 'right', 'space')).toBe('123 456');
  expect(group('1234567', 'none', 'comma')).toBe('1234567');
});

it('lines tokens up by hand', () => {
  // 123|456|7 + 89 = 123|465|6: only under "89" are tens and ones in one token.
  const shifted = align({ chunks: [[3, 3, 1], [2], [3, 3, 1]], tokens: 9 });
  expect(shifted.places).toEqual([true, false, true, true, true, true, true]);
  expect(shifted.operandTokens).toBe((3 + 2) / 3);
  // 999|999|9 + 1 = 100|000|00: the ones end a token in all three, nothing else fits; the 1 in front has no counterpart.
  const longer = align({ chunks: [[3, 3, 1], [1], [3, 3, 2]], tokens: 9 });
  expect(longer.places).toEqual([true, false, false, false, false, false, false, undefined]);
  expect(longer.operandTokens).toBe((5 + 1) / 3);
});

it('cuts as the rules of the tokenizers say: threes from the left, single digits, digits of merges', () => {
  const { result } = drawn;
  expect(result.sums).toHaveLength(90);
  const threes = result.sums.map(({ operands, result: sum }) =>
    [...operands, sum].map((digits) => digits.match(/\d{1,3}/g)!.map(({ length }) => length)),
  );
  for (const id of ['cl100k', 'o200k', 'llama-3'] as const) {
    expect(chunksOf(result, id)).toEqual(threes);
  }
  for (const id of ['qwen-2.5', 'gemma-2', 'llama-2'] as const) {
    expect(new Set(chunksOf(result, id).flat(2))).toEqual(new Set([1]));
  }
  expect(Math.max(...chunksOf(result, 'gpt2').flat(2))).toBeGreaterThan(2);
});

it('lines everything up from the right, and from the left where all lengths are the same', () => {
  const { result, state, figures } = drawn;
  const under = (more: object) =>
    Object.fromEntries(experiment.figures(result, { ...state, ...more }).map(({ id, value }) => [id, value]));
  for (const tokenizer of tokenizers) {
    // GPT-2 and BERT cut some groups of three further.
    if (tokenizer === 'gpt2' || tokenizer === 'bert-uncased') continue;
    expect(under({ tokenizer, grouping: 'right' })).toMatchObject({
      'aligned-digits': 100,
      'aligned-longer': 100,
    });
    expect(under({ tokenizer, grouping: 'right', separator: 'space' })).toMatchObject({
      'aligned-digits': 100,
    });
  }
  expect(under({ tokenizer: 'gemma-2' })['aligned-digits']).toBe(100);
  expect(figures['aligned-longer']).toBe(0);
  const same = result.sums.map(({ operands, result: sum }) =>
    operands.every(({ length }) => length === sum.length),
  );
  const aligned = result.readings[0]!.readings[0]!.map((reading) => align(reading).places.every(Boolean));
  expect(same.filter(Boolean).length).toBeGreaterThan(5);
  for (const [i, isSame] of same.entries()) if (isSame) expect(aligned[i]).toBe(true);
});

it('has no figures for a text without sums', async () => {
  const { figures } = await runOn(experiment, 'Nothing to add.');
  expect(figures).toEqual({
    'aligned-digits': undefined,
    'aligned-longer': undefined,
    'aligned-not-longer': undefined,
    'operand-tokens': undefined,
    sums: 0,
  });
});
