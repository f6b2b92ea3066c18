import * as v from 'valibot';
import { crc32 } from '../../../core/crc32';
import { TokenoscopeError } from '../../../core/errors';
import type { Json } from '../../../core/link/json';
import { SETTINGS_LIMIT } from '../../../core/link/limits';
import { type Fingerprint, packIds, unpackIds } from '../../../core/text/fingerprint';
import { encodeUtf8 } from '../../../core/text/utf8';
import type { IntakeLab } from '../intake-state';
import { labTokenizer, sourceOf } from '../lab-tokenizers';

/** The key among the lab's settings, which are in its link. */
export const FINGERPRINT = 'fingerprint';

const schema = v.object({
  /** The tokenizer. */
  z: v.string(),
  /** The vocabulary's sha256; empty where it has none. */
  v: v.string(),
  /** CRC-32 of the text. */
  t: v.number(),
  ids: v.string(),
});

/** What a link expects of one tokenizer on the lab's text. */
export interface Expected {
  readonly tokenizer: string;
  readonly vocabulary: string;
  readonly crc: number;
  readonly ids: readonly number[];
}

/** Reads what a link expects; undefined where it expects nothing, or nothing readable. */
export function readExpected(raw: Json | undefined): Expected | undefined {
  const parsed = v.safeParse(schema, raw);
  const ids = parsed.success ? unpackIds(parsed.output.ids) : undefined;
  if (!parsed.success || !ids) return undefined;
  return { tokenizer: parsed.output.z, vocabulary: parsed.output.v, crc: parsed.output.t, ids };
}

/** Room for the other panes' settings in a link. */
const ROOM = 2000;

/**
 * Puts what a tokenizer should give for a text into the lab, and so into its link.
 * @throws TokenoscopeError `link-too-large` where there are too many ids for a link
 */
export function expect({ panes }: Pick<IntakeLab, 'panes'>, one: Fingerprint): void {
  const packed = packIds(one.ids);
  if (packed.length > SETTINGS_LIMIT - ROOM) {
    throw new TokenoscopeError(
      'link-too-large',
      `${one.ids.length.toLocaleString('en')} ids are too many for a link.`,
      'Save the fingerprint as a file instead.',
    );
  }
  panes.set(FINGERPRINT, {
    z: one.tokenizer,
    v: one.vocabulary ?? '',
    t: crc32(encodeUtf8(one.text)),
    ids: packed,
  });
}

/**
 * Takes the fingerprint of a column.
 * @throws TokenoscopeError what asking the tokenizer throws; `no-token` while the column is at work
 */
export async function takeFingerprint(
  lab: IntakeLab,
  id: string,
  signal?: AbortSignal,
): Promise<Fingerprint> {
  const { columns, own, segmenter, state } = lab;
  const { document } = state.get();
  const entry = labTokenizer(id, own.get());
  const result = columns.find(id)?.result;
  const spec = await sourceOf(id, own);
  if (!entry || !spec || result?.document !== document) {
    throw new TokenoscopeError('no-token', 'This column has no tokens of the present text.', 'Wait for it.');
  }
  const listing = await segmenter.check(
    'listVocabulary',
    { tokenizer: { id, label: entry.label, spec } },
    { signal },
  );
  return {
    tokenoscope: 'fingerprint',
    version: 1,
    tokenizer: id,
    name: entry.label,
    vocabulary: listing?.sha256 ?? null,
    ...document.encode,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(document.bytes.slice()),
    ids: Array.from(result.segmentation.tokens.ids),
  };
}
