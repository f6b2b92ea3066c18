import { createStore, type StoreApi } from 'zustand';
import { isAborted, toWireError } from '../../core/errors';
import type { ReadText } from '../../engine/text/text.api';
import {
  beginning,
  countLoneSurrogates,
  Documents,
  FIELD_BYTES,
  type TextDocument,
  type TextOrigin,
  type Treatment,
} from './documents';
import type { Samples } from './samples';

/** A message about the text, shown beside it. */
export interface TextNote {
  readonly tone: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly hint: string;
}

/** The text that the lab shows, and how. */
export interface TextLabState {
  readonly document: TextDocument;
  readonly showIds: boolean;
  readonly showWhitespace: boolean;
  /** The visitor's own text while a sample, file or link replaces it. */
  readonly own: TextDocument | null;
  readonly note: TextNote | null;
}

/** What the visitor does with the text and its switches. A text that is refused leaves everything as it is, with a note. */
export class TextState {
  readonly store: StoreApi<TextLabState>;
  readonly #documents = new Documents();
  readonly #samples: Samples;

  constructor(samples: Samples) {
    this.#samples = samples;
    const document = this.#documents.fromText(samples.first.text, { kind: 'sample' });
    this.store = createStore<TextLabState>(() => ({
      document,
      showIds: false,
      showWhitespace: false,
      own: null,
      note: null,
    }));
  }

  get(): TextLabState {
    return this.store.getState();
  }

  /** What the visitor types. */
  type(text: string): void {
    this.#open(text, { kind: 'own' }, '', true);
  }

  /** What the visitor inserted at once. */
  insert(text: string): void {
    this.#open(text, { kind: 'own' });
  }

  /** Text dropped or pasted beside the field replaces the present one, which can be restored. */
  replace(text: string): void {
    const { document, own } = this.get();
    this.#open(text, { kind: 'own' });
    if (this.get().document !== document) this.store.setState({ own: this.#keep(document, own) });
  }

  /** A sample, file or link replaces the text; the visitor's own text can be restored. */
  open(text: string, origin: TextOrigin, note = ''): void {
    this.#open(text, origin, note);
  }

  openSample(id: string): void {
    const sample = this.#samples.find(id);
    if (sample) this.#open(sample.text, { kind: 'sample' });
  }

  /** A text that a worker has read replaces the present one. */
  openRead(read: ReadText, origin: TextOrigin): void {
    const { document, own } = this.get();
    this.store.setState({
      document: this.#documents.fromRead(read, origin),
      own: this.#keep(document, own),
      note: noteOf(read.note, 0),
    });
  }

  restoreOwn(): void {
    const { own } = this.get();
    if (own) this.store.setState({ document: this.#documents.again(own), own: null, note: null });
  }

  /** Takes the beginning of a large text into the text field; the whole text can be restored. */
  editBeginning(): void {
    const { document } = this.get();
    this.store.setState({
      document: this.#documents.fromText(beginning(document, FIELD_BYTES), { kind: 'own' }),
      own: document,
      note: null,
    });
  }

  clear(): void {
    const { document, own } = this.get();
    this.store.setState({
      document: this.#documents.fromText('', { kind: 'own' }),
      own: this.#keep(document, own),
      note: null,
    });
  }

  /** Shows a message beside the text; null removes it. */
  note(note: TextNote | null): void {
    this.store.setState({ note });
  }

  showIds(showIds: boolean): void {
    this.store.setState({ showIds });
  }

  /** Treats special tokens otherwise, in this text and the next ones. */
  treat(change: Partial<Treatment>): void {
    const next = { ...this.#documents.encode, ...change };
    const { special, addSpecialTokens } = this.#documents.encode;
    if (next.special === special && next.addSpecialTokens === addSpecialTokens) return;
    this.#documents.encode = next;
    this.store.setState({ document: this.#documents.again(this.get().document) });
  }

  showWhitespace(showWhitespace: boolean): void {
    this.store.setState({ showWhitespace });
  }

  #open(text: string, origin: TextOrigin, note = '', typed = false): void {
    try {
      const state = this.get();
      const document = this.#documents.fromText(text, origin, typed ? state.document : undefined);
      const own = origin.kind === 'own' ? state.own : this.#keep(state.document, state.own);
      this.store.setState({ document, own, note: noteOf(note, countLoneSurrogates(text)) });
    } catch (error) {
      if (isAborted(error)) return;
      const { message, hint } = toWireError(error);
      this.note({ tone: 'error', title: message, hint });
    }
  }

  /** The visitor's own text to keep when `leaving` is replaced. */
  #keep(leaving: TextDocument, own: TextDocument | null): TextDocument | null {
    const isNothing = leaving.bytes.length === 0 || this.#samples.has(leaving.text);
    return leaving.origin.kind === 'sample' || isNothing ? own : leaving;
  }
}

function noteOf(note: string, loneSurrogates: number): TextNote | null {
  if (note) return { tone: 'info', title: note, hint: '' };
  if (loneSurrogates === 0) return null;
  const what = loneSurrogates === 1 ? '1 lone surrogate' : `${loneSurrogates} lone surrogates`;
  return {
    tone: 'info',
    title: `This text holds ${what}.`,
    hint: 'UTF-8 cannot hold half a character, so the tokenizers see U+FFFD there, as every one of them does.',
  };
}
