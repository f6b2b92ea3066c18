import { fromWireError, isAborted, TokenoscopeError, toWireError } from '../../core/errors';
import { isTokenizerFileId } from '../../core/link/tokenizer-file';
import type { RowOptions } from '../../core/text/rows';
import { columnOf, keepColumns, updateColumn } from './columns';
import type { TextDocument } from './document';
import { labTokenizer, sourceOf } from './lab-tokenizers';
import { textSegmenter } from './segmenter';
import { useTextLab } from './store';
import { listUserTokenizers, useUserTokenizers } from './user-tokenizers';

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
  readonly #running = new Map<string, Want & { readonly controller: AbortController }>();
  readonly #widths = new Map<string, number>();
  /** Texts that a column failed on: not tried again by itself. */
  readonly #failed = new Map<string, TextDocument>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  /** The columns of the last look. */
  #shown: readonly string[] = [];

  /** Starts following the lab's state. @returns the way to stop */
  start(): () => void {
    void listUserTokenizers();
    this.#sync();
    const unlist = useUserTokenizers.subscribe((state, previous) => {
      if (state.tokenizers !== previous.tokenizers || state.isListed !== previous.isListed) this.#soon();
    });
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
      unlist();
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

  /** Stops the cutting of the present text; each column can be told to go on. */
  stop(): void {
    const stopped = new TokenoscopeError(
      'aborted',
      'Cutting was stopped.',
      'Nothing of this text is shown here until it has been cut.',
    );
    for (const [id, { controller, document }] of this.#running) {
      controller.abort();
      this.#failed.set(id, document);
      updateColumn(id, { result: null, busy: false, progress: null, error: stopped });
    }
    this.#running.clear();
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
    for (const id of this.#shown) if (!tokenizers.includes(id)) this.#release(id);
    this.#shown = tokenizers;
    for (const id of tokenizers) {
      const width = this.#widths.get(id) ?? UNMEASURED;
      this.#ensure(id, { document, options: { width, ids: showIds } });
    }
  }

  #release(id: string): void {
    this.#failed.delete(id);
    textSegmenter().release(id);
  }

  #ensure(id: string, want: Want): void {
    const tokenizer = labTokenizer(id);
    if (!tokenizer) return;
    const { result, error } = columnOf(id);
    if (tokenizer.isMissing) {
      this.#running.get(id)?.controller.abort();
      this.#running.delete(id);
      updateColumn(id, { result: null, busy: false, progress: null, error: null });
      return;
    }
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
    // Until the storage has been asked, nobody knows whether a file is here.
    if (useUserTokenizers.getState().isListed || !isTokenizerFileId(id)) {
      void this.#run(id, want, tokenizer.label);
    }
  }

  async #run(id: string, want: Want, label: string): Promise<void> {
    const controller = new AbortController();
    const mine = { ...want, controller };
    this.#running.set(id, mine);
    const { result } = columnOf(id);
    const old = result?.document === want.document ? result.segmentation : undefined;
    updateColumn(id, { busy: old === undefined, progress: null, error: null });
    try {
      const { signal } = controller;
      const spec = await sourceOf(id);
      if (!spec || this.#running.get(id) !== mine) {
        if (this.#running.get(id) === mine) this.#running.delete(id);
        return;
      }
      const args = { tokenizer: { id, label, spec }, options: want.options };
      const segmentation = old
        ? {
            ...old,
            rows: await textSegmenter().layout(args, want.document, { signal }),
            options: want.options,
          }
        : await textSegmenter().segment(args, want.document, {
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
      updateColumn(id, {
        result: null,
        busy: false,
        progress: null,
        error: fromWireError(toWireError(error)),
      });
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
