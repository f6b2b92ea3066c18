import { createStore, type StoreApi } from 'zustand';
import { isAborted, toWireError } from '../../core/errors';
import type { NamedBlob } from '../../engine/storage/named-blob';
import { MAX_FILE_BYTES, type TextOrigin } from './documents';
import type { Wanted } from './fetch-files';
import type { IntakeLab, IntakeMessage, IntakeState, TakeOptions } from './intake-state';

/** Takes files in; newer files replace older ones that are still being read. */
export class TextIntake {
  readonly store: StoreApi<IntakeState> = createStore<IntakeState>(() => ({
    job: null,
    message: null,
    place: 'page',
  }));
  readonly #lab: IntakeLab;
  #running: AbortController | undefined;

  constructor(lab: IntakeLab) {
    this.#lab = lab;
  }

  /**
   * Takes dropped, pasted or picked files: tokenizers become columns, a text takes the place of the present one.
   * A failure is reported and changes nothing. Newer files end the work on older ones.
   * @param folders of each, its tokenizer is taken; where it has none, its first text
   */
  async take(
    given: readonly File[],
    options: TakeOptions = {},
    folders: readonly FileSystemDirectoryEntry[] = [],
  ): Promise<void> {
    if (given.length + folders.length === 0) return;
    const files = given.map((file) => ({ name: file.name, content: file }));
    let asText: NamedBlob | null = options.as === 'tokenizer' && files.length === 1 ? files[0]! : null;
    await this.#work(
      async (signal) => {
        const { takeFiles } = await import('./take-files');
        await takeFiles(files, folders, options, {
          lab: this.#lab,
          signal,
          say: (state) => this.store.setState(state),
          takeText: (text) => this.#takeText(text, { kind: 'file', name: text.name }, signal),
          onTokenizer: (file) => {
            asText = file;
          },
        });
      },
      () => asText,
    );
  }

  /**
   * Fetches a tokenizer by hub id or address, which becomes a column. A failure is reported and changes nothing.
   * @returns whether it is here now
   */
  async fetch(wanted: Wanted): Promise<boolean> {
    await this.#work(async (signal) => {
      const { fetchFiles } = await import('./fetch-files');
      await fetchFiles(wanted, { lab: this.#lab, signal, say: (state) => this.store.setState(state) });
    });
    return Boolean(this.store.getState().message?.added);
  }

  /** Reads a large text that came in a link or an experiment file. */
  async takeLinked(content: Blob): Promise<void> {
    await this.#work((signal) =>
      this.#takeText({ name: 'The text of the link', content }, { kind: 'link' }, signal),
    );
  }

  /** Ends the work in progress, which then changes nothing. */
  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.store.setState({ job: null });
  }

  /** Where progress and outcome are shown. */
  show(place: IntakeState['place']): void {
    if (this.store.getState().place !== place) this.store.setState({ place });
  }

  dismiss(): void {
    this.store.setState({ message: null });
  }

  /** Reports the outcome of a drop. */
  say(message: Pick<IntakeMessage, 'tone' | 'title' | 'hint'>): void {
    this.store.setState({ message: { ...message, asText: null, added: null } });
  }

  /** Opens as text the file that was taken for a tokenizer. */
  async showAsText(): Promise<void> {
    const { message } = this.store.getState();
    if (!message?.asText) return;
    const { asText, added } = message;
    await this.#work(async (signal) => {
      await this.#takeText(asText, { kind: 'file', name: asText.name }, signal);
      if (!added?.isNew) return;
      const { takeBack } = await import('./own-changes');
      await takeBack(this.#lab, added.id);
    });
  }

  /** @param asText the file being read, if it could be meant as a text */
  async #work(
    work: (signal: AbortSignal) => Promise<void>,
    asText: () => NamedBlob | null = () => null,
  ): Promise<void> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    this.store.setState({ job: null, message: null });
    try {
      await work(controller.signal);
    } catch (error) {
      if (this.#running !== controller || isAborted(error)) return;
      const { message: title, hint } = toWireError(error);
      this.store.setState({ message: { tone: 'error', title, hint, asText: asText(), added: null } });
    } finally {
      if (this.#running === controller) {
        this.#running = undefined;
        this.store.setState({ job: null });
      }
    }
  }

  async #takeText(file: NamedBlob, origin: TextOrigin, signal: AbortSignal): Promise<void> {
    const job = { name: file.name, doing: 'Reading' };
    const read = await this.#lab.segmenter.readText(file, MAX_FILE_BYTES, {
      signal,
      onProgress: (progress) => this.store.setState({ job: { ...job, ...progress } }),
    });
    this.#lab.state.openRead(read, origin);
  }
}
