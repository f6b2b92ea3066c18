import decodeQR from 'qr/decode.js';
import { expect, it } from 'vitest';
import { MOST_IN_CODE, qrPath } from './qr-path';

/** The code as a camera would see it, four pixels a module. */
function photograph({ size, path }: ReturnType<typeof qrPath>) {
  const scale = 4;
  const data = new Uint8Array((size * scale) ** 2 * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let i = 0; i < scale * scale; i++) {
      const row = Number(y) * scale + Math.floor(i / scale);
      const at = (row * size * scale + Number(x) * scale + (i % scale)) * 4;
      data.fill(0, at, at + 3);
    }
  }
  return { width: size * scale, height: size * scale, data };
}

it.each([1, 240, MOST_IN_CODE])('is read back with %i more characters', (length) => {
  const link = `https://e.org/#2.${'Ab_-9'.repeat(255)}`.slice(0, Math.max(20, length));
  expect(decodeQR(photograph(qrPath(link)))).toBe(link);
});

it('has light margins of four modules', () => {
  const { size, path } = qrPath('https://example.org/');
  const places = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect([Math.min(...places), size - 1 - Math.max(...places)]).toEqual([4, 4]);
});
