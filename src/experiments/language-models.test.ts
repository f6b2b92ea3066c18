import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../core/text/utf8';
import { textCost } from '../engine/lm/language-model';
import { alice } from './alice';
import { byteModel, learnTokenizer, setAside, tokenModel } from './language-models';

describe('a text to learn from', () => {
  it('is set aside in parts, and nothing of it is lost', () => {
    const text = Array.from({ length: 100 }, (_, i) => `Line ${i}: ${'word '.repeat(20)}\n`).join('');
    const { learned, heldOut } = setAside(text);
    expect(learned.length + heldOut.length).toBe(text.length);
    expect(heldOut.length / text.length).toBeCloseTo(0.2, 1);
  });

  it('must not be empty', () => {
    expect(() => setAside(' \n ')).toThrow('There is no text to learn from.');
  });
});

describe('models of Alice in Wonderland', () => {
  it('need fewer bits for what they have not read with longer contexts, over bytes and over tokens', async () => {
    const { learned, heldOut } = setAside(await alice.load());
    const bytes = encodeUtf8(heldOut);
    const byByte = async (order: number) => {
      const { bitsPerByte } = await textCost(await byteModel(learned, order), bytes);
      return bitsPerByte;
    };
    expect(await byByte(2)).toBeCloseTo(3.4, 1);
    expect(await byByte(6)).toBeCloseTo(1.88, 1);

    const tokenizer = await learnTokenizer(learned, 512);
    expect(tokenizer.vocabularySize).toBe(512);
    const { ids } = tokenizer.encode(heldOut);
    const cost = await textCost(await tokenModel(learned, tokenizer, 4), ids);
    expect(cost.bytes).toBe(bytes.length);
    expect(cost.bitsPerByte).toBeCloseTo(1.84, 1);
  });
});
