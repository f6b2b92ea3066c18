import { fromWireError, isAborted, TokenoscopeError, toWireError } from '../../core/errors';
import { isTokenizerFileId } from '../../core/link/tokenizer-file';
import type { RowOptions } from '../../core/text/rows';
import type { TextSegmenter } from '../../engine/text/segmenter';
import type { ColumnList } from './column-list';
import type { TextDocument } from './documents';
import { labTokenizer, sourceOf } from './lab-tokenizers';
import type { OwnTokenizers } from './own-tokenizers';
import type { TextState } from './text-state';

/** While somebody types, the text is tokenized at most this often. */
const THROTTLE_MS = 50;

/** The width, in half cells, of a column that is not measured because another tab is in front. */
const UNMEASURED = 80;

interface Want {
  readonly document: TextDocument;
  readonly options: RowOptions;
}

/** The parts of a lab that the jobs read and update. */
export interface JobsLab {
  readonly state: TextState;
  readonly columns: ColumnList;
  readonly own: OwnTokenizers;
  readonly segmenter: TextSegmenter;
}

/**
 * Keeps every column's tokens in step with the text, the tokenizers and the columns' widths. The latest request
 * wins: work for an older text is aborted, and its tokens stay on screen until the newer ones are there.
 */
export class TextJobs {
  readonly #lab: JobsLab;
  readonly #running = new Map<string, Want & { readonly controller: AbortController }>();
  readonly #widths = new Map<string, number>();
  /** Texts that a column failed on; they are not retried automatically. */
  readonly #failed = new Map<string, TextDocument>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  /** The columns at the last check. */
  #shown: readonly string[] = [];

  constructor(lab: JobsLab) {
    this.#lab = lab;
  }

  /** Starts following the lab. @returns the way to stop */
  start(): () => void {
    const { state, columns, own } = this.#lab;
    void own.list();
    this.#sync();
    const stops = [
      own.store.subscribe((now, before) => {
        if (now.tokenizers !== before.tokenizers || now.isListed !== before.isListed) this.#soon();
      }),
      columns.store.subscribe((now, before) => {
        if (now.ids !== before.ids) this.#soon();
      }),
      state.store.subscribe((now, before) => {
        if (now.document !== before.document || now.showIds !== before.showIds) this.#soon();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
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
    this.#lab.columns.update(id, { error: null });
    this.#sync();
  }

  /** Stops tokenizing the present text; each column can be told to continue. */
  stop(): void {
    const stopped = new TokenoscopeError(
      'aborted',
      'Tokenizing was stopped.',
      'Nothing of this text is shown here until it has been tokenized.',
    );
    for (const [id, { controller, document }] of this.#running) {
      controller.abort();
      this.#failed.set(id, document);
      this.#lab.columns.update(id, { result: null, busy: false, progress: null, error: stopped });
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
    const { document, showIds } = this.#lab.state.get();
    const { ids } = this.#lab.columns;
    for (const [id, { controller }] of this.#running) {
      if (ids.includes(id)) continue;
      controller.abort();
      this.#running.delete(id);
    }
    for (const id of this.#shown) if (!ids.includes(id)) this.#release(id);
    this.#shown = ids;
    for (const id of ids) {
      const width = this.#widths.get(id) ?? UNMEASURED;
      this.#ensure(id, { document, options: { width, ids: showIds } });
    }
  }

  #release(id: string): void {
    this.#failed.delete(id);
    this.#lab.segmenter.release(id);
  }

  #ensure(id: string, want: Want): void {
    const { columns, own } = this.#lab;
    const tokenizer = labTokenizer(id, own.get());
    const column = columns.find(id);
    if (!tokenizer || !column) return;
    const { result, error } = column;
    if (tokenizer.isMissing) {
      this.#running.get(id)?.controller.abort();
      this.#running.delete(id);
      this.#lab.columns.update(id, { result: null, busy: false, progress: null, error: null });
      return;
    }
    const running = this.#running.get(id);
    // Work on the same text goes on; its rows are laid out again when it is done, if necessary.
    if (running?.document === want.document) return;
    if (running) {
      running.controller.abort();
      this.#running.delete(id);
    }
    // Without its vocabulary no text works, so only the visitor retries.
    if (error?.code === 'tokenizer-fetch' || error?.code === 'tokenizer-corrupt') return;
    if (this.#failed.get(id) === want.document) return;
    if (result?.document === want.document && same(result.segmentation.options, want.options)) {
      this.#lab.columns.update(id, { busy: false, progress: null });
      return;
    }
    // Whether a file is here is unknown until the storage has answered.
    if (own.get().isListed || !isTokenizerFileId(id)) {
      void this.#run(id, want, tokenizer.label);
    }
  }

  async #run(id: string, want: Want, label: string): Promise<void> {
    const controller = new AbortController();
    const mine = { ...want, controller };
    this.#running.set(id, mine);
    const result = this.#lab.columns.find(id)?.result;
    const old = result?.document === want.document ? result.segmentation : undefined;
    this.#lab.columns.update(id, { busy: old === undefined, progress: null, error: null });
    try {
      const { signal } = controller;
      const spec = await sourceOf(id, this.#lab.own);
      if (!spec || this.#running.get(id) !== mine) {
        if (this.#running.get(id) === mine) this.#running.delete(id);
        return;
      }
      const { encode } = want.document;
      const args = { tokenizer: { id, label, spec }, options: want.options, encode };
      const segmentation = old
        ? {
            ...old,
            rows: await this.#lab.segmenter.layout(args, want.document, { signal }),
            options: want.options,
          }
        : await this.#lab.segmenter.segment(args, want.document, {
            signal,
            onProgress: (progress) => {
              if (this.#running.get(id) === mine) this.#lab.columns.update(id, { progress });
            },
          });
      if (this.#running.get(id) !== mine) return;
      this.#running.delete(id);
      this.#lab.columns.update(id, {
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
      this.#lab.columns.update(id, {
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
