import { describe, expect, it } from 'vitest';
import { tokensCsv, tokensJson, tokensNpy } from './tokens-file';

const tokens = {
  picture: 'Cat',
  model: 'karhunen-128',
  hash: 'fd502098',
  ids: Uint32Array.of(7, 65_535, 0),
  bits: 16,
  width: 128,
  height: 128,
};

describe('files of tokens', () => {
  it('are JSON with all that it takes to decode them', () => {
    expect(JSON.parse(tokensJson(tokens))).toEqual({
      format: 'tokenoscope-tokens',
      ...tokens,
      ids: [7, 65_535, 0],
    });
  });

  it('are CSV', () => {
    expect(tokensCsv(tokens)).toBe('position,id\r\n0,7\r\n1,65535\r\n2,0\r\n');
  });

  // Equal to numpy.save(file, numpy.array([7, 65535, 0], dtype="<i4")) of NumPy 2.4, byte by byte.
  it('are what NumPy writes', () => {
    const bytes = tokensNpy(tokens);
    expect(bytes.length).toBe(128 + 12);
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 128))).toBe(
      `\x93NUMPY\x01\x00v\x00${"{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }".padEnd(117)}\n`,
    );
    expect([...bytes.subarray(128)]).toEqual([7, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0]);
  });

  it('begin their data at a multiple of 64 bytes, however long the header is', () => {
    for (const length of [1, 10, 99_999]) {
      const bytes = tokensNpy({ ...tokens, ids: new Uint32Array(length) });
      expect((bytes.length - 4 * length) % 64).toBe(0);
    }
  });
});
