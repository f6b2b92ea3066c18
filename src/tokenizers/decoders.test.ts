import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bpeDecoder,
  type Decoder,
  decoderChain,
  decodeWhole,
  fuseDecoder,
  replaceDecoder,
  stripDecoder,
} from './decoders';

/** Few letters, so that the searched text occurs, and overlaps itself. */
const tokens = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 }), { maxLength: 8 });

/** What comes out as the tokens go in one by one, and at the end. */
function stepByStep(decoder: Decoder, input: readonly string[]): string[] {
  const out: string[] = [''];
  const stage = decoder({
    push: (part) => {
      out[out.length - 1] += part;
    },
    end: () => undefined,
  });
  for (const token of input) {
    stage.push(token, true);
    out.push('');
  }
  stage.end();
  return out;
}

describe('decoders in front of which all tokens are fused see parts, and do as they would with the whole', () => {
  it.each(['a', 'ab', 'aab', 'abab'])('replacing %s', (sought) => {
    const decoder = decoderChain([fuseDecoder, replaceDecoder(sought, '-')]);
    fc.assert(
      fc.property(tokens, (input) => {
        expect(decodeWhole(decoder, input).join('')).toBe(input.join('').replaceAll(sought, '-'));
      }),
    );
  });

  it.each([
    ['a', 1, 0],
    ['a', 0, 2],
    ['a', 2, 1],
    ['ab', 1, 1],
    ['ab', 3, 0],
  ])('stripping %s, %i at the start and %i at the end', (sought, start, stop) => {
    const decoder = decoderChain([fuseDecoder, stripDecoder(sought, start, stop)]);
    const starts = new RegExp(`^(${sought}){0,${start}}`);
    const ends = new RegExp(`(${sought}){0,${stop}}$`);
    fc.assert(
      fc.property(tokens, (input) => {
        const expected = input.join('').replace(starts, '').replace(ends, '');
        expect(decodeWhole(decoder, input).join('')).toBe(expected);
      }),
    );
  });
});

describe('streaming', () => {
  it('lets a text through that fusing alone would keep to its end', () => {
    const decoder = decoderChain([fuseDecoder, stripDecoder(' ', 1, 0)]);
    expect(stepByStep(decoder, [' Hello', ' world', '!'])).toEqual(['Hello', ' world', '!', '']);
  });

  it('holds back what a later token can change, and no more', () => {
    const replace = decoderChain([fuseDecoder, replaceDecoder('ab', '-')]);
    expect(stepByStep(replace, ['xa', 'by', 'a'])).toEqual(['x', '-y', '', 'a']);
    const strip = decoderChain([fuseDecoder, stripDecoder(' ', 0, 1)]);
    expect(stepByStep(strip, ['x ', 'y '])).toEqual(['x', ' y', '']);
    expect(stepByStep(bpeDecoder('</w>'), ['lo', 'w</w>', 'er</w>'])).toEqual(['', 'lo', 'w ', 'er']);
  });
});
