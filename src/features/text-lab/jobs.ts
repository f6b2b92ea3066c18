import { findTextTokenizer } from '../../catalog/text-tokenizers';
import { fromWireError, isAborted, toWireError } from '../../core/errors';
import type { RowOptions } from '../../core/text/rows';
import { TextSegmenter } from '../../engine/text/segmenter';
import { columnOf, keepColumns, updateColumn } from './columns';
import type { TextDocument } from './document';
import { useTextLab } from './store';

/** While somebody types, the text is cut at most this often. */
const THROTTLE_MS = 50;

/** Half cells of a column that has not been measured, because another tab is in front. */
const UNMEASURED = 80;

interface Want {
  readonly document: TextDocument;
  readonly options: RowOptions;
}

/**
 * Keeps every column's tokens in step with the text, the tokenizers and the columns' widths. The latest wish
 * wins: work for an older text is aborted, and its tokens stay on screen until the newer ones are there.
 */
class TextJobs {
  readonly #segmenter = new TextSegmenter();
  readonly #running = new Map<string, Want & { readonly controller: AbortController }>();
  readonly #widths = new Map<string, number>();
  /** Texts that a column failed on: not tried again by itself. */
  readonly #failed = new Map<string, TextDocument>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;

  /** Starts following the lab's state. @returns the way to stop */
  start(): () => void {
    this.#sync();
    const unsubscribe = useTextLab.subscribe((state, previous) => {
      if (
        state.document !== previous.document ||
        state.tokenizers !== previous.tokenizers ||
        state.showIds !== previous.showIds
      ) {
        this.#soon();
      }
    });
    return () => {
      unsubscribe();
      clearTimeout(this.#timer);
      this.#timer = undefined;
      for (const { controller } of this.#running.values()) controller.abort();
      this.#running.clear();
    };
  }

  /** Tells how wide a column is, in half cells. */
  setWidth(id: string, width: number): void {
    if (this.#widths.get(id) === width) return;
    this.#widths.set(id, width);
    this.#soon();
  }

  /** Tries a column again after a failure. */
  retry(id: string): void {
    this.#failed.delete(id);
    updateColumn(id, { error: null });
    this.#sync();
  }

  #soon(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + THROTTLE_MS - performance.now());
    this.#timer = setTimeout(() => this.#sync(), wait);
  }

  #sync(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#last = performance.now();
    const { tokenizers, document, showIds } = useTextLab.getState();
    for (const [id, { controller }] of this.#running) {
      if (tokenizers.includes(id)) continue;
      controller.abort();
      this.#running.delete(id);
    }
    keepColumns(tokenizers);
    for (const id of tokenizers) {
      const width = this.#widths.get(id) ?? UNMEASURED;
      this.#ensure(id, { document, options: { width, ids: showIds } });
    }
  }

  #ensure(id: string, want: Want): void {
    const { result, error } = columnOf(id);
    const running = this.#running.get(id);
    // Work on the same text goes on; its rows are laid out anew when it is done, if need be.
    if (running?.document === want.document) return;
    if (running) {
      running.controller.abort();
      this.#running.delete(id);
    }
    // Without its vocabulary no text will do: that is for the visitor to retry.
    if (error?.code === 'tokenizer-fetch' || error?.code === 'tokenizer-corrupt') return;
    if (this.#failed.get(id) === want.document) return;
    if (result?.document === want.document && same(result.segmentation.options, want.options)) {
      updateColumn(id, { busy: false, progress: null });
      return;
    }
    void this.#run(id, want);
  }

  async #run(id: string, want: Want): Promise<void> {
    const entry = findTextTokenizer(id);
    if (!entry) return;
    const controller = new AbortController();
    const mine = { ...want, controller };
    this.#running.set(id, mine);
    const { result } = columnOf(id);
    const old = result?.document === want.document ? result.segmentation : undefined;
    updateColumn(id, { busy: old === undefined, progress: null, error: null });
    const args = {
      tokenizer: { id, label: entry.label, spec: entry.spec },
      text: want.document.text,
      options: want.options,
    };
    try {
      const { signal } = controller;
      const segmentation = old
        ? { ...old, rows: await this.#segmenter.layout(args, { signal }), options: want.options }
        : await this.#segmenter.segment(args, {
            signal,
            onProgress: (progress) => {
              if (this.#running.get(id) === mine) updateColumn(id, { progress });
            },
          });
      if (this.#running.get(id) !== mine) return;
      this.#running.delete(id);
      updateColumn(id, {
        result: { segmentation, document: want.document },
        busy: false,
        progress: null,
      });
      this.#sync();
    } catch (error) {
      if (this.#running.get(id) !== mine) return;
      this.#running.delete(id);
      if (isAborted(error)) return;
      this.#failed.set(id, want.document);
      updateColumn(id, { busy: false, progress: null, error: fromWireError(toWireError(error)) });
    }
  }
}

function same(a: RowOptions, b: RowOptions): boolean {
  return a.width === b.width && a.ids === b.ids;
}

let jobs: TextJobs | undefined;

/** The one conductor of the lab; its workers start with the first text. */
export function textJobs(): TextJobs {
  jobs ??= new TextJobs();
  return jobs;
}
