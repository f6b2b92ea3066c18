import type { KeyValues } from './key-values';

/** What one run of a network has computed: the ids of a window from some place on. */
export interface KnownRun {
  readonly keyValues: KeyValues;
  /** Logits behind each id that this run read, the last ones of the window: [ids, symbols]. */
  readonly logits: Float32Array;
}

/** A beginning of a window. What one run computed serves every beginning of its window. */
interface Node {
  readonly parent: Node | undefined;
  readonly id: number;
  readonly length: number;
  children: Map<number, Node> | undefined;
  run: KnownRun | undefined;
  /** Which of the run's logits are behind this node. */
  row: number;
}

/** The longest known beginning of a window. */
export interface KnownBeginning {
  /** Ids of it; 0 where nothing is known. */
  readonly length: number;
  readonly keyValues: KeyValues | undefined;
  /** Logits behind its last id, not a copy. */
  readonly logits: Float32Array | undefined;
}

/**
 * What a network has computed of windows, found again by their ids whichever prefix object they come from. Bounded: what
 * was not used for longest is forgotten first.
 */
export class KnownWindows {
  readonly #symbols: number;
  readonly #limit: number;
  readonly #root: Node = {
    parent: undefined,
    id: -1,
    length: 0,
    children: undefined,
    run: undefined,
    row: 0,
  };
  /** The one used last comes last. */
  readonly #runs = new Map<KnownRun, Node[]>();
  #bytes = 0;

  /** @param limit bytes that are kept, besides what was computed last */
  constructor(symbols: number, limit: number) {
    this.#symbols = symbols;
    this.#limit = limit;
  }

  /** Bytes that are kept now. */
  get bytes(): number {
    return this.#bytes;
  }

  find(ids: ArrayLike<number>): KnownBeginning {
    let node = this.#root;
    let known: Node | undefined;
    for (let i = 0; i < ids.length; i++) {
      const next = node.children?.get(ids[i]!);
      if (!next) break;
      node = next;
      if (node.run) known = node;
    }
    const run = known?.run;
    if (!known || !run) return { length: 0, keyValues: undefined, logits: undefined };
    const nodes = this.#runs.get(run)!;
    this.#runs.delete(run);
    this.#runs.set(run, nodes);
    const at = known.row * this.#symbols;
    return {
      length: known.length,
      keyValues: run.keyValues,
      logits: run.logits.subarray(at, at + this.#symbols),
    };
  }

  /** @param ids of a whole window, whose last ones the run has read */
  add(ids: ArrayLike<number>, run: KnownRun): void {
    const first = ids.length - run.logits.length / this.#symbols;
    const nodes: Node[] = [];
    let node = this.#root;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      node.children ??= new Map();
      let next = node.children.get(id);
      if (!next) {
        next = { parent: node, id, length: i + 1, children: undefined, run: undefined, row: 0 };
        node.children.set(id, next);
      }
      node = next;
      if (i < first) continue;
      node.run = run;
      node.row = i - first;
      nodes.push(node);
    }
    this.#runs.set(run, nodes);
    this.#bytes += bytesOf(run);
    for (const oldest of this.#runs.keys()) {
      if (this.#bytes <= this.#limit || oldest === run) break;
      this.#forget(oldest);
    }
  }

  #forget(run: KnownRun): void {
    for (const node of this.#runs.get(run)!) {
      if (node.run !== run) continue;
      node.run = undefined;
      prune(node);
    }
    this.#runs.delete(run);
    this.#bytes -= bytesOf(run);
  }
}

function bytesOf({ keyValues, logits }: KnownRun): number {
  return keyValues.data.byteLength + logits.byteLength;
}

/** Removes a node that leads nowhere, and those before it that then lead nowhere. */
function prune(node: Node): void {
  for (let at: Node | undefined = node; at?.parent; at = at.parent) {
    if (at.run || (at.children && at.children.size > 0)) return;
    at.parent.children?.delete(at.id);
  }
}
