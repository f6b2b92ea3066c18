import { create } from 'zustand';
import { isAborted, toWireError } from '../../core/errors';
import { tokenizerFileId } from '../../core/link/tokenizer-file';
import type { NamedBlob } from '../../engine/storage/named-blob';
import {
  RECOGNITION_BYTES,
  recogniseTokenizer,
  type TokenizerFileKind,
} from '../../tokenizers/files/recognise-tokenizer';
import { formatInteger } from '../../ui/format';
import { MAX_FILE_BYTES } from './document';
import { textSegmenter } from './segmenter';
import { addTokenizer, openRead, removeTokenizer, useTextLab } from './store';
import {
  deleteUserTokenizer,
  findUserTokenizer,
  freeName,
  listTokenizer,
  listUserTokenizers,
  useUserTokenizers,
} from './user-tokenizers';

/** Work on a file, with its bytes. */
export interface IntakeJob {
  readonly name: string;
  readonly doing: string;
  readonly loaded: number;
  readonly total: number;
}

/** What became of a file. */
export interface IntakeMessage {
  readonly tone: 'error' | 'warning' | 'done' | 'info';
  readonly title: string;
  readonly hint: string;
  /** A file that was taken for a tokenizer, and may be meant as a text. */
  readonly asText: NamedBlob | null;
  /** The column that came of it, and whether it did only now. */
  readonly added: { readonly id: string; readonly isNew: boolean } | null;
}

/** Files that are coming in. */
export interface IntakeState {
  readonly job: IntakeJob | null;
  readonly message: IntakeMessage | null;
}

export const useIntake = create<IntakeState>(() => ({ job: null, message: null }));

const set = useIntake.setState;
let running: AbortController | undefined;

/** How files are taken. */
export interface TakeOptions {
  /** `tokenizer` where the visitor has asked for one; else the content decides. */
  readonly as?: 'tokenizer';
  /** The id of a missing file that they are offered for. */
  readonly wanted?: string;
}

/**
 * Takes dropped, pasted or picked files: tokenizers become columns, a text takes the place of the present one.
 * What goes wrong is said, and leaves everything as it is. Newer files end the work on older ones.
 */
export async function takeFiles(files: readonly File[], options: TakeOptions = {}): Promise<void> {
  if (files.length === 0) return;
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const { signal } = controller;
  set({ job: null, message: null });
  const blobs = files.map((file) => ({ name: file.name, content: file }));
  let current: readonly NamedBlob[] = blobs;
  let isTokenizer = options.as === 'tokenizer';
  try {
    const { tokenizers, text } = await sort(blobs, options);
    for (current of tokenizers) {
      isTokenizer = true;
      await takeTokenizer(current, options, signal);
    }
    isTokenizer = false;
    if (text) {
      current = [text];
      await takeText(text, signal);
    }
  } catch (error) {
    if (running !== controller || isAborted(error)) return;
    const { message: title, hint } = toWireError(error);
    const asText = isTokenizer && current.length === 1 ? current[0]! : null;
    set({ message: { tone: 'error', title, hint, asText, added: null } });
  } finally {
    if (running === controller) {
      running = undefined;
      set({ job: null });
    }
  }
}

/** Ends the work under way; nothing has changed then. */
export function cancelIntake(): void {
  running?.abort();
  running = undefined;
  set({ job: null });
}

export function dismissIntake(): void {
  set({ message: null });
}

/** The file that was taken for a tokenizer is a text after all. */
export async function showAsText(): Promise<void> {
  const { message } = useIntake.getState();
  if (!message?.asText) return;
  const { asText, added } = message;
  running?.abort();
  const controller = new AbortController();
  running = controller;
  set({ message: null });
  try {
    await takeText(asText, controller.signal);
    if (added?.isNew) {
      removeTokenizer(added.id);
      await deleteUserTokenizer(added.id, -1);
      useUserTokenizers.setState({ removed: null });
    }
  } catch (error) {
    if (running !== controller || isAborted(error)) return;
    const { message: title, hint } = toWireError(error);
    set({ message: { tone: 'error', title, hint, asText: null, added: null } });
  } finally {
    if (running === controller) {
      running = undefined;
      set({ job: null });
    }
  }
}

/** Which files make a tokenizer, and which is a text. */
async function sort(
  blobs: readonly NamedBlob[],
  { as }: TakeOptions,
): Promise<{ tokenizers: readonly (readonly NamedBlob[])[]; text: NamedBlob | undefined }> {
  const kinds = await Promise.all(blobs.map(kindOf));
  const alone = (kind: TokenizerFileKind | undefined) =>
    kind !== undefined && kind !== 'vocab.json' && kind !== 'merges.txt';
  const isPair =
    blobs.length === 2 && (as === 'tokenizer' || kinds.includes('vocab.json')) && !kinds.some(alone);
  if (isPair) return { tokenizers: [blobs], text: undefined };
  const isTokenizer = (_: NamedBlob, i: number) => as === 'tokenizer' || kinds[i] !== undefined;
  return {
    tokenizers: blobs.filter(isTokenizer).map((blob) => [blob]),
    text: blobs.find((blob, i) => !isTokenizer(blob, i)),
  };
}

async function kindOf({ content }: NamedBlob): Promise<TokenizerFileKind | undefined> {
  try {
    return recogniseTokenizer(new Uint8Array(await content.slice(0, RECOGNITION_BYTES).arrayBuffer()));
  } catch {
    return undefined; // whoever reads it will say why it cannot be read
  }
}

async function takeText(file: NamedBlob, signal: AbortSignal): Promise<void> {
  const job = { name: file.name, doing: 'Reading' };
  const read = await textSegmenter().readText(file, MAX_FILE_BYTES, {
    signal,
    onProgress: (progress) => set({ job: { ...job, ...progress } }),
  });
  openRead(read, file.name);
}

async function takeTokenizer(
  files: readonly NamedBlob[],
  { wanted }: TakeOptions,
  signal: AbortSignal,
): Promise<void> {
  await listUserTokenizers();
  const name = files.map((file) => file.name).join(' + ');
  const total = files.reduce((size, { content }) => size + content.size, 0);
  set({ job: { name, doing: 'Reading', loaded: 0, total } });
  const accepted = await textSegmenter().accept(files, {
    signal,
    onProgress: ({ phase, loaded, total }) =>
      set({ job: { name, doing: phase === 'read' ? 'Reading' : 'Loading', loaded, total } }),
  });
  const id = tokenizerFileId(accepted.sha256);
  const { linked } = useUserTokenizers.getState();
  const known = findUserTokenizer(id);
  let problem: { readonly title: string; readonly hint: string } | undefined;
  let label = known?.name;
  if (!known) {
    const record = { ...accepted, name: freeName(linked[id] ?? name, id), added: Date.now() };
    label = record.name;
    const isKept = await textSegmenter()
      .store(record, files)
      .then(
        () => true,
        (error: unknown) => {
          const { message, hint } = toWireError(error);
          problem = { title: message, hint };
          return false;
        },
      );
    if (signal.aborted) return;
    listTokenizer(record, isKept ? null : files);
  }
  const wasShown = useTextLab.getState().tokenizers.includes(id);
  addTokenizer(id);
  const asText = files.length === 1 ? files[0]! : null;
  const added = { id, isNew: !known };
  if (problem) set({ message: { tone: 'warning', ...problem, asText, added } });
  else if (wanted && wanted !== id) {
    set({
      message: {
        tone: 'warning',
        title: `${name} is not the file that the link means: its content is another one.`,
        hint: `It stands in a column of its own now. Wanted is sha256 ${short(wanted)}; this is ${short(id)}.`,
        asText,
        added,
      },
    });
  } else {
    const size = `${formatInteger(accepted.vocabularySize)} tokens`;
    set({
      message: {
        tone: 'done',
        title: known
          ? `${label} is here already${wasShown ? '' : '; its column is back'}.`
          : `${label} is ready: ${size}.`,
        hint: known ? '' : 'It is kept in this browser and goes nowhere else.',
        asText,
        added,
      },
    });
  }
}

function short(id: string): string {
  return `${id.replace(/^file:/, '').slice(0, 12)}…`;
}
