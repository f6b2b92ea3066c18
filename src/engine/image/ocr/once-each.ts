import type { RgbImage } from '../../../core/image/pixels';
import { hashBytes } from '../hash';

/** How many pictures are remembered: those at the slider's marks of several lanes. */
const KEPT = 64;

/** Remembers what was computed of a picture's pixels; a failure is not remembered. */
export function onceEach<T>(compute: (picture: RgbImage) => Promise<T>): (picture: RgbImage) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (picture) => {
    const { width, height, data } = picture;
    const key = `${width} ${height} ${hashBytes(data)}`;
    const found = known.get(key) ?? compute(picture);
    known.delete(key); // and added again: the last one used comes last
    known.set(key, found);
    found.catch(() => {
      if (known.get(key) === found) known.delete(key);
    });
    for (const oldest of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return found;
  };
}
