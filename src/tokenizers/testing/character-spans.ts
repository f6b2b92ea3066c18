import type { TokenSequence } from '../../core/text/token-sequence';

/**
 * Token spans as Hugging Face states them: in code points, widened to whole characters.
 * @param text well-formed
 * @returns start and end of each token, one after the other
 */
export function characterSpans(text: string, { starts, ends }: TokenSequence): Uint32Array {
  const characterOfByte: number[] = [];
  let character = 0;
  for (const symbol of text) {
    const point = symbol.codePointAt(0)!;
    const length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (let i = 0; i < length; i++) characterOfByte.push(character);
    character++;
  }
  characterOfByte.push(character);
  const spans = new Uint32Array(starts.length * 2);
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!;
    const end = ends[i]!;
    spans[2 * i] = characterOfByte[start]!;
    spans[2 * i + 1] = end > start ? characterOfByte[end - 1]! + 1 : characterOfByte[end]!;
  }
  return spans;
}
