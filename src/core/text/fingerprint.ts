import * as v from 'valibot';
import { TokenoscopeError } from '../errors';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(0xffffffff));

const fingerprint = v.object({
  tokenoscope: v.literal('fingerprint'),
  version: v.literal(1),
  /** Of the catalogue, or `file:` and the sha256 of a tokenizer file. */
  tokenizer: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** What it was called, for people. */
  name: v.string(),
  /** sha256 of the vocabulary's canonical listing; null where it has none. */
  vocabulary: v.nullable(hash),
  special: v.picklist(['text', 'parse', 'error']),
  addSpecialTokens: v.boolean(),
  text: v.string(),
  ids: v.array(id),
});

/** A text and the ids that a tokenizer should give for it: docs/fingerprints.md. */
export type Fingerprint = v.InferOutput<typeof fingerprint>;

/** How a fingerprint's file name ends. */
export const FINGERPRINT_NAME = '.fingerprint.json';

/**
 * Reads a fingerprint's file.
 * @throws TokenoscopeError `fingerprint-invalid` that names the field
 */
export function readFingerprint(text: string, name: string): Fingerprint {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid(name, 'is no JSON');
  }
  const parsed = v.safeParse(fingerprint, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = issue.path?.map(({ key }) => String(key)).join('.');
  if (path === undefined || path === 'tokenoscope') throw invalid(name, 'is no fingerprint');
  if (path === 'version') throw invalid(name, 'is of a version that this program does not know');
  throw invalid(name, `has no proper "${path}"`);
}

function invalid(name: string, what: string): TokenoscopeError {
  return new TokenoscopeError(
    'fingerprint-invalid',
    `${name} ${what}.`,
    'Save the fingerprint again from the text lab.',
  );
}

/** Whether a file is a fingerprint, by its beginning. */
export function isFingerprint(beginning: string): boolean {
  return /^\s*\{\s*"tokenoscope"\s*:\s*"fingerprint"/.test(beginning);
}

/** The first place where ids are not those that were expected; -1 where all are. */
export function firstUnexpected(expected: ArrayLike<number>, ids: ArrayLike<number>): number {
  const length = Math.max(expected.length, ids.length);
  for (let i = 0; i < length; i++) if (expected[i] !== ids[i]) return i;
  return -1;
}

/** Ids as a link holds them: base 36 with dots between. */
export function packIds(ids: ArrayLike<number>): string {
  return Array.from(ids, (one) => one.toString(36)).join('.');
}

/** The inverse of `packIds`; undefined where it is none. */
export function unpackIds(packed: string): readonly number[] | undefined {
  if (packed === '') return [];
  if (!/^[0-9a-z]{1,7}(?:\.[0-9a-z]{1,7})*$/.test(packed)) return undefined;
  return packed.split('.').map((one) => Number.parseInt(one, 36));
}
