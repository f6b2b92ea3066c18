import { expect, it } from 'vitest';
import { storedBytes } from './stored-bytes';

it('reads parts when they are asked for, and frees each as the next one comes', () => {
  const content = Uint8Array.from({ length: 100 }, (_, i) => i);
  const made: ArrayBuffer[] = [];
  // Node's blobs cannot be read at once: the test's reader knows their place.
  const places = new Map<Blob, readonly [number, number]>();
  const file = new Blob([content]);
  const slice = file.slice.bind(file);
  file.slice = (from = 0, to = 0) => {
    const part = slice(from, to);
    places.set(part, [from, to]);
    return part;
  };
  const readAsArrayBuffer = (part: Blob) => {
    made.push(content.slice(...places.get(part)!).buffer);
    return made.at(-1)!;
  };
  const seen: number[] = [];
  const bytes = storedBytes(file, (read) => seen.push(read), { readAsArrayBuffer })!;
  expect(bytes).toBeInstanceOf(Uint8Array);
  expect(bytes.byteLength).toBe(100);
  expect([...bytes.subarray(90, 100)]).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
  expect([...bytes.subarray(3, 5)]).toEqual([3, 4]);
  expect(made.map(({ byteLength }) => byteLength)).toEqual(
    'transfer' in ArrayBuffer.prototype ? [0, 2] : [10, 2],
  );
  expect(seen).toEqual([10, 12]);
});

it('leaves it to others where nothing can be read at once', () => {
  expect(storedBytes(new Blob(['x']), () => {})).toBe(undefined);
});
