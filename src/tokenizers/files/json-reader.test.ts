import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { JsonReader } from './json-reader';
import { drain } from './steps';
import { invalidUtf8 } from './utf8-check';

function read(json: string): unknown {
  const reader = new JsonReader(encodeUtf8(json), 'x.json');
  const value = reader.value();
  reader.finish();
  return value;
}

describe('JsonReader', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 7), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        expect(JSON.stringify(read(json))).toBe(JSON.stringify(JSON.parse(json)));
      }),
    );
  });

  it('resolves every escape', () => {
    const escaped = String.raw`"\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\uFEFF\u0000"`;
    expect(read(escaped)).toBe(JSON.parse(escaped));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const ascii = JSON.stringify(text.toWellFormed()).replace(
          /[^ -~]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
        expect(read(ascii)).toBe(text.toWellFormed());
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with JSON.parse on what is JSON at all', () => {
    const alphabet = [...'{}[]",:\\u0123456789.eE+-tfn \n', 'true', 'null', '"a"', '\\u00e9', '1.5'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }), (parts) => {
        const json = parts.join('');
        let theirs: unknown;
        try {
          theirs = JSON.parse(json);
        } catch {
          expect(() => read(json)).toThrow();
          return;
        }
        if (!JSON.stringify(theirs).includes('\\ud'))
          expect(JSON.stringify(read(json))).toBe(JSON.stringify(theirs));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['', 'a value is expected here, but the file ends (line 1, column 1, byte 0)'],
    ['{"a": [1, 2', 'a comma or ] is expected here, but the file ends (line 1, column 12, byte 11 in a)'],
    ['{\n  "é": {"b": tru}\n}', 'there is "tru}'],
    ['{\n  "é": {"b": tru}\n}', 'line 2, column 14, byte 16 in ["é"].b'],
    ['[1,]', 'a value is expected here, but there is "]"'],
    ['{a: 1}', 'a key in double quotes is expected here, but there is "a: 1}"'],
    ['{"a" 1}', 'a colon behind the key'],
    ['["a', 'a text begins that nothing ends (line 1, column 2, byte 1 in [0])'],
    ['["a\nb"]', 'a control character'],
    [String.raw`["\ud800"]`, 'the second half of a surrogate pair'],
    [String.raw`["\x"]`, 'an escape such as'],
    ['01', 'a number is expected here, but there is "01"'],
    ['1.', 'a number is expected here, but there is "1."'],
    ['1 2', 'the end of the file is expected here, but there is "2" (line 1, column 3'],
    ['['.repeat(10_000), 'nested more than 128 deep'],
  ])('says where %.30s breaks off', (json, message) => {
    expect(() => read(json)).toThrow(expect.objectContaining({ code: 'tokenizer-corrupt' }));
    expect(() => read(json)).toThrow(message);
  });
});

describe('invalidUtf8', () => {
  it('finds the first byte that is no UTF-8', () => {
    const good = encodeUtf8('aé€😀'.repeat(300_000));
    expect(drain(invalidUtf8(good))).toBe(-1);
    for (const at of [0, 5, 1 << 20, 2_500_000, good.length - 1]) {
      const bad = good.slice();
      bad[at] = 0xff;
      const found = drain(invalidUtf8(bad));
      // The character that the byte was in.
      expect(found).toBeLessThanOrEqual(at);
      expect(found).toBeGreaterThan(at - 4);
    }
    expect(drain(invalidUtf8(good.subarray(0, good.length - 1)))).toBe(good.length - 4);
  });
});
