import { decodeUtf8 } from '../../core/text/utf8';
import { isSecond, type Utf8Parts } from './utf8-parts';

/** What is put before and behind a token's text to see whether it comes out. */
const BEFORE = [
  '',
  ' ',
  '  ',
  'a',
  'A',
  'a ',
  '\n',
  'a\n',
  '1',
  '1 ',
  '.',
  '. ',
  '(',
  'é',
  '字',
  "'",
  'e',
  's',
  't',
  'in',
  'the',
  'un',
];
const AFTER = [' ', 'a', 'A', '\n', '1', '.', 's', ' a', '字'];

/** Most texts that complete a token's divided characters. */
const MOST = 512;

/**
 * Texts that hold a token's bytes: whole ones between other texts, parts of characters completed.
 * @param parts how the bytes lie in UTF-8; undefined where they lie in none
 */
export function* contextsOf(bytes: Uint8Array, parts: Utf8Parts | undefined): Generator<string, void> {
  if (!parts) return;
  const { front, back } = parts;
  if (front === 0 && back === 0) {
    const text = decodeUtf8(bytes);
    for (const before of BEFORE) yield before + text;
    for (let letter = 0x61; letter <= 0x7a; letter++) yield String.fromCharCode(letter) + text;
    yield ([...text][0] ?? '') + text;
    yield text + text;
    for (const after of AFTER) for (const before of BEFORE) yield before + text + after;
    return;
  }
  let count = 0;
  // Bytes that only continue a character may be in its middle.
  const middles = front === bytes.length && front < 3 ? [[0xf0], [0xf1], [0xf3]] : [];
  for (const head of [...headsOf(bytes, front), ...middles]) {
    const isMiddle = head.length === 1 && head[0]! >= 0xf0;
    const open = isMiddle ? { ...parts, back: front + 1, missing: 3 - front } : parts;
    if (isMiddle && !isSecond(head[0]!, bytes[0]!)) continue;
    for (const tail of tailsOf(bytes, open)) {
      if (++count > MOST) return;
      const whole = new Uint8Array(head.length + bytes.length + tail.length);
      whole.set(head);
      whole.set(bytes, head.length);
      whole.set(tail, head.length + bytes.length);
      const text = decodeUtf8(whole);
      yield text;
      if (count % 4 === 1) yield ` ${text}`;
    }
  }
}

/** Beginnings of characters that `front` continuation bytes may end. */
function headsOf(bytes: Uint8Array, front: number): number[][] {
  if (front === 0) return [[]];
  const heads: number[][] = [];
  const second = bytes[0]!;
  // The bytes themselves come right behind the lead, or behind one or two more.
  for (const [from, to, length] of [
    [0xc2, 0xe0, 2],
    [0xe0, 0xf0, 3],
    [0xf0, 0xf5, 4],
  ] as const) {
    const more = length - 1 - front;
    if (more < 0) continue;
    for (let lead = from; lead < to; lead++) {
      if (more === 0) {
        if (isSecond(lead, second)) heads.push([lead]);
        continue;
      }
      for (let next = 0x80; next < 0xc0; next += more === 1 ? 3 : 9) {
        if (!isSecond(lead, next)) continue;
        if (more === 1) heads.push([lead, next]);
        else for (let third = 0x80; third < 0xc0; third += 9) heads.push([lead, next, third]);
      }
    }
  }
  return heads;
}

/** Ends of the character that the bytes begin. */
function tailsOf(bytes: Uint8Array, { back, missing }: Utf8Parts): number[][] {
  if (missing === 0) return [[]];
  const lead = bytes[bytes.length - back] ?? 0;
  let tails: number[][] = [[]];
  for (let i = 0; i < missing; i++) {
    const isNext = i === 0 && back === 1;
    const step = missing === 1 ? 1 : missing === 2 ? 3 : 9;
    tails = tails.flatMap((tail) => {
      const longer: number[][] = [];
      for (let next = 0x80; next < 0xc0; next += step) {
        if (!isNext || isSecond(lead, next)) longer.push([...tail, next]);
      }
      return longer;
    });
  }
  return tails;
}
