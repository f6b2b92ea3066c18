import * as v from 'valibot';
import type { CheckpointPlan } from '../weights/plan';
import { type ElementType, elements } from '../weights/torch/tensors';
import { countPieces, facts, KIND, WORDS } from './checkpoint-store';
import { transact } from './database';
import { entriesOf } from './library';

/** Anybody can write into a browser's storage, so what is read is checked. */
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.string();
const element = v.picklist(Object.keys(elements) as ElementType[]);
const known = v.object({ from: whole, bytes: v.instance(Uint8Array) });
const layoutSchema = v.object({
  name: text,
  bytes: whole,
  loose: v.array(
    v.object({
      name: text,
      type: element,
      dims: v.array(whole),
      strides: v.array(whole),
      from: whole,
      reach: whole,
    }),
  ),
  runs: v.array(v.object({ tensor: text, type: element, from: whole, count: whole })),
  known: v.array(known),
});
const planSchema = v.object({
  ...facts,
  id: v.nullable(text),
  header: v.optional(v.nullable(v.instance(Uint8Array)), null),
  halfBytes: v.optional(v.nullable(whole), null),
  files: v.array(
    v.object({
      path: text,
      bytes: whole,
      sha256: v.nullable(text),
      from: v.union([
        v.object({ url: text, modified: v.nullable(text) }),
        v.object({ blob: v.instance(Blob) }),
      ]),
      layout: v.optional(layoutSchema),
    }),
  ),
});
/** A download that stopped on the way. */
export interface Unfinished {
  readonly plan: CheckpointPlan;
  /** Roughly how many of the bytes to fetch have been fetched. */
  readonly stored: number;
}

/** Downloads that stopped on the way. @throws TokenoscopeError `storage-refused` */
export async function listUnfinished(pieceBytes: number): Promise<Unfinished[]> {
  const kept = new Set((await entriesOf(WORDS, KIND)).map(({ content }) => content));
  const all = await transact(WORDS, 'readonly', ({ plans }) => plans.getAll());
  const plans = all.flatMap((one) => {
    const parsed = v.safeParse(planSchema, one);
    return parsed.success && !kept.has(parsed.output.key) ? [parsed.output] : [];
  });
  return await Promise.all(
    plans.map(async (plan) => {
      const counts = await Promise.all(plan.files.map(({ path }) => countPieces(plan.key, path)));
      const stored = plan.files.map(({ bytes }, i) => Math.min(bytes, counts[i]! * pieceBytes));
      return { plan, stored: stored.reduce((sum, bytes) => sum + bytes, 0) };
    }),
  );
}
