import { create } from 'zustand';
import { sampleTexts } from '../../catalog/texts';
import { isAborted, toWireError } from '../../core/errors';
import type { ReadText } from '../../engine/text/text.api';
import {
  beginning,
  countLoneSurrogates,
  createDocument,
  FIELD_BYTES,
  fileDocument,
  type TextDocument,
  type TextOrigin,
} from './document';

/** A message about the text, shown beside it. */
export interface TextNote {
  readonly tone: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly hint: string;
}

/** What the text lab shows. Results live in columns.ts, the pointer in token-focus.ts. */
export interface TextLabState {
  /** Ids of the catalogue and of tokenizer files, in column order. */
  readonly tokenizers: readonly string[];
  readonly document: TextDocument;
  readonly showIds: boolean;
  readonly showWhitespace: boolean;
  /** The visitor's own text while a sample, file or link stands in its place. */
  readonly own: TextDocument | null;
  readonly note: TextNote | null;
}

const DEFAULT_TOKENIZERS = ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'];

const first = sampleTexts[0]!;

export const useTextLab = create<TextLabState>(() => ({
  tokenizers: DEFAULT_TOKENIZERS,
  document: createDocument(first.text, { kind: 'sample', id: first.id }),
  showIds: false,
  showWhitespace: false,
  own: null,
  note: null,
}));

const set = useTextLab.setState;

/** What the visitor types. */
export function typeText(text: string): void {
  open(text, { kind: 'own' }, '', true);
}

/** What the visitor put in at a stroke. A text that is too large leaves everything as it is, with a note. */
export function insertText(text: string): void {
  open(text, { kind: 'own' });
}

/** Text dropped or pasted beside the field takes the place of the present one, which can be had back. */
export function replaceText(text: string): void {
  const { document, own } = useTextLab.getState();
  open(text, { kind: 'own' });
  if (useTextLab.getState().document !== document) set({ own: keep(document, own) });
}

/** A sample, file or link takes the place of the text; the visitor's own one can be had back. */
export function openText(text: string, origin: TextOrigin, note = ''): void {
  open(text, origin, note);
}

export function openSample(id: string): void {
  const sample = sampleTexts.find((entry) => entry.id === id);
  if (sample) open(sample.text, { kind: 'sample', id });
}

/** A text that was read out of a file takes the place of the present one. */
export function openRead(read: ReadText, name: string): void {
  const { document, own } = useTextLab.getState();
  set({ document: fileDocument(read, name), own: keep(document, own), note: noteOf(read.note, 0) });
}

export function restoreOwn(): void {
  const { own } = useTextLab.getState();
  if (own) set({ document: own, own: null, note: null });
}

/** Takes the beginning of a large text into the text field; the whole can be had back. */
export function editBeginning(): void {
  const { document } = useTextLab.getState();
  set({
    document: createDocument(beginning(document, FIELD_BYTES), { kind: 'own' }),
    own: document,
    note: null,
  });
}

export function clearText(): void {
  const { document, own } = useTextLab.getState();
  set({ document: createDocument('', { kind: 'own' }), own: keep(document, own), note: null });
}

export function dismissNote(): void {
  set({ note: null });
}

export function setShowIds(showIds: boolean): void {
  set({ showIds });
}

export function setShowWhitespace(showWhitespace: boolean): void {
  set({ showWhitespace });
}

/** @param at the place among the columns; the last by default */
export function addTokenizer(id: string, at = Number.POSITIVE_INFINITY): void {
  set(({ tokenizers }) => (tokenizers.includes(id) ? {} : { tokenizers: tokenizers.toSpliced(at, 0, id) }));
}

export function removeTokenizer(id: string): void {
  set(({ tokenizers }) => ({ tokenizers: tokenizers.filter((other) => other !== id) }));
}

/** Moves a column one place to the left (-1) or right (+1). */
export function moveTokenizer(id: string, by: -1 | 1): void {
  set(({ tokenizers }) => {
    const from = tokenizers.indexOf(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= tokenizers.length) return {};
    const moved = tokenizers.filter((other) => other !== id);
    moved.splice(to, 0, id);
    return { tokenizers: moved };
  });
}

function open(text: string, origin: TextOrigin, note = '', typed = false): void {
  try {
    const state = useTextLab.getState();
    const document = createDocument(text, origin, typed ? state.document : undefined);
    const own = origin.kind === 'own' ? state.own : keep(state.document, state.own);
    const lone = countLoneSurrogates(text);
    set({ document, own, note: noteOf(note, lone) });
  } catch (error) {
    showError(error);
  }
}

/** The visitor's own text to hold on to when `leaving` is replaced. */
function keep(leaving: TextDocument, own: TextDocument | null): TextDocument | null {
  return leaving.origin.kind === 'sample' || leaving.bytes.length === 0 ? own : leaving;
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

function showError(error: unknown): void {
  if (isAborted(error)) return;
  const { message, hint } = toWireError(error);
  set({ note: { tone: 'error', title: message, hint } });
}
