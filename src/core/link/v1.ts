import type { VersionedPart } from './link-part';
import type { Payload } from './payload';

const LABS = { i: 'image', t: 'text', a: 'about' } as const;
const EMPTY = new Uint8Array(0);

/**
 * Version 1 held both labs' experiments at once, and named the one to show: `{l: 'i' | 't' | 'a', i: {...}, t: {...}}`,
 * with the picture's tokens as the blob. Absent means the image lab.
 * @param problems receives a sentence for what could not be read
 */
export function splitV1(
  { head, blob }: Payload,
  problems: string[],
): { readonly lab: string; readonly parts: Readonly<Record<string, VersionedPart>> } {
  const fields = asFields(head) ?? {};
  const part = (key: string, name: string, bytes: Uint8Array): VersionedPart => {
    const own = Object.hasOwn(fields, key) ? asFields(fields[key]) : {};
    if (!own) problems.push(`The ${name} part of the link is damaged; the default is used.`);
    return { version: 1, head: own ?? {}, blob: bytes };
  };
  const wanted = Object.hasOwn(fields, 'l') ? fields['l'] : 'i';
  const lab = Object.entries(LABS).find(([letter]) => letter === wanted)?.[1];
  if (!lab) problems.push('The link does not properly say which lab to show; the default is used.');
  return {
    lab: lab ?? 'image',
    parts: { image: part('i', 'image', blob), text: part('t', 'text', EMPTY) },
  };
}

/** An object with string keys and without a prototype, which a key of a link must never reach. */
export function asFields(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.assign(Object.create(null), value) as Record<string, unknown>;
}
