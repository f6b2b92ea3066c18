import * as v from 'valibot';
import { packBits, packedLength, unpackBits } from '../../core/link/bits';
import { TOKENS_LIMIT } from '../../core/link/limits';
import type { VersionedPart } from '../../core/link/link-part';
import { LANES_LIMIT, type LaneExperiment } from './experiment';
import type { KnownModel } from './known';

/** A row of tokens in a link. */
interface Row {
  readonly ids: Uint32Array;
  readonly bits: number;
}

/** What an absent `b` means. Part of the format: this never changes. */
const USUAL_BITS = 16;

const positive = (limit: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limit));
const sizesField = v.union([
  v.object({ n: positive(TOKENS_LIMIT), b: positive(24) }),
  v.object({
    n: v.pipe(v.array(positive(TOKENS_LIMIT)), v.minLength(1), v.maxLength(LANES_LIMIT)),
    b: v.pipe(v.array(positive(24)), v.minLength(1), v.maxLength(LANES_LIMIT)),
  }),
]);

/** Rows as a link holds them. */
export interface PackedRows {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly blob: Uint8Array;
}

/**
 * Packs rows one behind the other. The blob of one row at the usual width tells by itself how many tokens it has.
 * @param isOpen whether something else follows in the blob, which then does not tell that
 */
export function packRows(
  rows: readonly Row[],
  lanes: readonly Pick<LaneExperiment, 'row'>[],
  isOpen = false,
): PackedRows {
  const parts = rows.map(({ ids, bits }) => packBits(ids, bits));
  const blob = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    blob.set(part, at);
    at += part.length;
  }
  const [first] = rows;
  const sizes =
    rows.length > 1
      ? { n: rows.map(({ ids }) => ids.length), b: rows.map(({ bits }) => bits) }
      : first && (isOpen || first.bits !== USUAL_BITS)
        ? { n: first.ids.length, b: first.bits }
        : {};
  const whose = lanes.map(({ row = -1 }) => row);
  return { fields: { ...sizes, ...(whose.every((row) => row === 0) ? {} : { t: whose }) }, blob };
}

/**
 * Reads the rows of a link, each checked against the models that are to draw it.
 * @param lanes which row each lane names
 * @param problems receives a sentence for each part that had to be left out
 * @param isOpen whether something else may follow in the blob
 * @returns the rows that some lane draws, the row of each lane, and where in the blob they end
 */
export function readRows(
  { head, blob }: Pick<VersionedPart, 'head' | 'blob'>,
  lanes: readonly { readonly model: KnownModel; readonly row: number | undefined }[],
  problems: string[],
  isOpen = false,
): { readonly rows: readonly Row[]; readonly rowOf: readonly (number | undefined)[]; readonly end: number } {
  const none = { rows: [], rowOf: lanes.map(() => undefined), end: blob.length };
  const stated = Object.hasOwn(head, 'n') || Object.hasOwn(head, 'b');
  if (!stated && blob.length === 0) return none;
  const drop = (reason: string) => {
    problems.push(`The link's picture was left out: ${reason}.`);
    return none;
  };
  const sizes = v.safeParse(sizesField, stated ? head : { n: (blob.length * 8) / USUAL_BITS, b: USUAL_BITS });
  if (!sizes.success) return drop('its number of tokens is not a sensible one');
  const counts = [sizes.output.n].flat();
  const bits = [sizes.output.b].flat();
  if (counts.length !== bits.length) return drop('its number of tokens is not a sensible one');
  const lengths = counts.map((count, i) => packedLength(count, bits[i]!));
  // Where a link holds more than its models take, that says more than where its bytes end.
  const misfits = lanes.map(({ model, row }) =>
    row === undefined || counts[row] === undefined ? undefined : misfitOf(model, counts[row]),
  );
  if (misfits[0]) return drop(misfits[0]);
  const end = lengths.reduce((sum, length) => sum + length, 0);
  if (isOpen ? blob.length < end : blob.length !== end) {
    return drop('its tokens are incomplete');
  }
  let at = 0;
  const rows = counts.map((count, i) => {
    const ids = unpackBits(blob.subarray(at, at + lengths[i]!), count, bits[i]!);
    at += lengths[i]!;
    return { ids, bits: bits[i]! };
  });
  const faults = lanes.map(({ model, row }, i) => {
    const own = row === undefined ? undefined : rows[row];
    return own ? (misfits[i] ?? strangerIn(model, own.ids)) : undefined;
  });
  if (faults[0]) return drop(faults[0]);
  for (const fault of faults) if (fault) problems.push(`Some of the link's tokens were left out: ${fault}.`);
  const usable = lanes.map(({ row }, i) => (faults[i] || row === undefined || !rows[row] ? undefined : row));
  const used = [...new Set(usable.filter((row) => row !== undefined))].sort((a, b) => a - b);
  return {
    rows: used.map((row) => rows[row]!),
    rowOf: usable.map((row) => (row === undefined ? undefined : used.indexOf(row))),
    end,
  };
}

function misfitOf({ id, tokens }: KnownModel, count: number): string | undefined {
  return count > tokens.count ? `it has ${count} tokens, and "${id}" takes ${tokens.count}` : undefined;
}

function strangerIn({ id, tokens }: KnownModel, ids: Uint32Array): string | undefined {
  const worst = ids.reduce((most, token) => Math.max(most, token), 0);
  if (worst < tokens.codebookSize) return undefined;
  return `token id ${worst} is not in the codebook of "${id}" (${tokens.codebookSize} entries)`;
}
