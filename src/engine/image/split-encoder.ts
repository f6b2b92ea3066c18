import { rewritten } from '../onnx/rewrite';
import { type PlainNode, readGraph } from '../plain/read-graph';

/** An encoder in two parts, which together compute what it does: its first tokens need not wait for the others. */
export interface SplitEncoder {
  /** `image` -> the first `ids` [n], and what the second part goes on from. */
  readonly begin: Uint8Array;
  /** That -> the other `ids` [K - n]. */
  readonly rest: Uint8Array;
  /** The name of what passes from one to the other. */
  readonly between: string;
}

/**
 * Divides an encoder whose ids are a row of several parts, of which the last is found in what the others leave of the
 * picture: `ids` is made from a Concat, and its last operand needs nothing of the picture but one difference (Sub).
 * @returns undefined where an encoder is not like that
 */
export function splitEncoder(file: Uint8Array): SplitEncoder | undefined {
  const { nodes } = readGraph(file);
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const joined = makers.get(makers.get('ids')?.inputs[0] ?? '');
  const early = joined?.inputs.slice(0, -1) ?? [];
  const last = joined?.inputs.at(-1);
  if (joined?.type !== 'Concat' || early.length === 0 || last === undefined) return undefined;
  const first = neededFor(early, makers);
  const between = nodes.find(({ type, outputs: [name] }) => {
    if (type !== 'Sub' || name === undefined || first.has(name)) return false;
    return !neededFor([last], makers, name).has(PICTURE);
  })?.outputs[0];
  if (between === undefined) return undefined;
  const second = neededFor([last], makers, between);
  for (const name of neededFor([between], makers)) first.add(name);
  const ids = { name: 'ids', type: 'int32', dims: null } as const;
  const passed = { name: between, type: 'float32', dims: null } as const;
  return {
    between,
    begin: rewritten(file, {
      keeps: (name) => first.has(name),
      more: [{ type: 'Concat', inputs: early, outputs: ['ids'], attributes: { axis: 0 } }],
      outputs: [ids, passed],
    }),
    rest: rewritten(file, {
      keeps: (name) => second.has(name) && name !== between,
      more: [{ type: 'Identity', inputs: [last], outputs: ['ids'], attributes: {} }],
      inputs: [passed],
      outputs: [ids],
    }),
  };
}

/** The input of every encoder. */
const PICTURE = 'image';

/** The names of all values that some values are computed from, their own among them. @param given what needs not be computed */
function neededFor(
  values: readonly string[],
  makers: ReadonlyMap<string, PlainNode>,
  given?: string,
): Set<string> {
  const found = new Set<string>();
  const open = [...values];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    if (name !== given) open.push(...(makers.get(name)?.inputs ?? []));
  }
  return found;
}
