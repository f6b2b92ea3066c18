import { expect, it } from 'vitest';
import { tokenFacts } from './token-facts';

it('says what tokens are made of, and which are needed', () => {
  const tokens = { count: 256, bits: 12, codebookSize: 4096, ordered: true };
  const facts = (change: object) => tokenFacts({ ...tokens, ...change }, String);
  expect(facts({})).toEqual({
    tokens: '256, any prefix decodes',
    codebook: '4096 entries',
    bits: '12 bits a token',
  });
  expect(facts({ ordered: false }).tokens).toBe('256, all are needed');
  expect(facts({ bits: 8, codebookSize: 256, ordered: false, numbers: 32 })).toEqual({
    tokens: '8 of 32 numbers each, all are needed',
    codebook: 'none: each number takes one of 256 levels',
    bits: '8 bits a number',
  });
  expect(facts({ codebookSize: 4097, unused: { id: 4096, error: 0.05 } })).toMatchObject({
    tokens: '256, the encoder says which are needed',
    codebook: '4096 entries, and an id for a token that is not needed',
  });
});
