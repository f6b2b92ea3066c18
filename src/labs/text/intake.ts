import { createStore, type StoreApi } from 'zustand';
import { isAborted, toWireError } from '../../core/errors';
import { tokenizerFileId } from '../../core/link/tokenizer-file';
import type { NamedBlob } from '../../engine/storage/named-blob';
import type { TextSegmenter } from '../../engine/text/segmenter';
import {
  RECOGNITION_BYTES,
  recogniseTokenizer,
  type TokenizerFileKind,
} from '../../tokenizers/files/recognise-tokenizer';
import { formatInteger } from '../../ui/format';
import type { ColumnList } from './column-list';
import { MAX_FILE_BYTES, type TextOrigin } from './documents';
import { elsewhere, type OtherKind, otherKind } from './other-files';
import type { OwnTokenizers } from './own-tokenizers';
import type { TextState } from './text-state';

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

/** How files are taken. */
export interface TakeOptions {
  /** `tokenizer` where the visitor has asked for one; else the content decides. */
  readonly as?: 'tokenizer';
  /** The id of a missing file that they are offered for. */
  readonly wanted?: string;
}

/** The parts of a lab that files go to. */
export interface IntakeLab {
  readonly state: TextState;
  readonly columns: ColumnList;
  readonly own: OwnTokenizers;
  readonly segmenter: TextSegmenter;
}

/** Takes files in: one after another, the newest wins. */
export class TextIntake {
  readonly store: StoreApi<IntakeState> = createStore<IntakeState>(() => ({ job: null, message: null }));
  readonly #lab: IntakeLab;
  #running: AbortController | undefined;

  constructor(lab: IntakeLab) {
    this.#lab = lab;
  }

  /**
   * Takes dropped, pasted or picked files: tokenizers become columns, a text takes the place of the present one.
   * What goes wrong is said, and leaves everything as it is. Newer files end the work on older ones.
   */
  async take(given: readonly File[], options: TakeOptions = {}): Promise<void> {
    if (given.length === 0) return;
    const files = given.map((file) => ({ name: file.name, content: file }));
    let current: readonly NamedBlob[] = files;
    let isTokenizer = options.as === 'tokenizer';
    await this.#work(
      async (signal) => {
        const { tokenizers, texts, others } = await sort(files, options);
        for (current of tokenizers) {
          isTokenizer = true;
          await this.#takeTokenizer(current, options, signal);
        }
        isTokenizer = false;
        const [text, ...more] = texts;
        if (text) {
          current = [text];
          await this.#takeText(text, { kind: 'file', name: text.name }, signal);
        }
        if (!signal.aborted) this.#nameTheRest(others, more);
      },
      () => (isTokenizer && current.length === 1 ? current[0]! : null),
    );
  }

  /** Reads a large text that came in a link or an experiment file. */
  async takeLinked(content: Blob): Promise<void> {
    await this.#work((signal) =>
      this.#takeText({ name: 'The text of the link', content }, { kind: 'link' }, signal),
    );
  }

  /** Ends the work under way; nothing has changed then. */
  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.store.setState({ job: null });
  }

  dismiss(): void {
    this.store.setState({ message: null });
  }

  /** Says what became of something that was dropped. */
  say(message: Pick<IntakeMessage, 'tone' | 'title' | 'hint'>): void {
    this.store.setState({ message: { ...message, asText: null, added: null } });
  }

  /** The file that was taken for a tokenizer is a text after all. */
  async showAsText(): Promise<void> {
    const { message } = this.store.getState();
    if (!message?.asText) return;
    const { asText, added } = message;
    await this.#work(async (signal) => {
      await this.#takeText(asText, { kind: 'file', name: asText.name }, signal);
      if (!added?.isNew) return;
      this.#lab.columns.remove(added.id);
      await this.#lab.own.discard(added.id);
    });
  }

  /** @param asText the file that is at work, where it could be meant as a text */
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

  /** Says of what was not opened what it is, and where to go with it. */
  #nameTheRest(others: readonly OtherFile[], more: readonly NamedBlob[]): void {
    const [other] = others;
    const rest = [...others.slice(1).map(({ file }) => file), ...more].map(({ name }) => name);
    if (!other && rest.length === 0) return;
    const named = rest.length === 0 ? '' : `Not opened: ${rest.join(', ')}. `;
    if (!other) {
      this.say({ tone: 'info', title: named.trim(), hint: 'The lab shows one text at a time.' });
      return;
    }
    const { title, hint } = elsewhere(other.file.name, other.kind);
    // An SVG may well be meant as the text that it is.
    const asText = /\.svg$/i.test(other.file.name) ? other.file : null;
    this.store.setState({ message: { tone: 'warning', title, hint: named + hint, asText, added: null } });
  }

  async #takeText(file: NamedBlob, origin: TextOrigin, signal: AbortSignal): Promise<void> {
    const job = { name: file.name, doing: 'Reading' };
    const read = await this.#lab.segmenter.readText(file, MAX_FILE_BYTES, {
      signal,
      onProgress: (progress) => this.store.setState({ job: { ...job, ...progress } }),
    });
    this.#lab.state.openRead(read, origin);
  }

  async #takeTokenizer(
    files: readonly NamedBlob[],
    { wanted }: TakeOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const { columns, own, segmenter } = this.#lab;
    const set = (state: Partial<IntakeState>) => this.store.setState(state);
    await own.list();
    const name = files.map((file) => file.name).join(' + ');
    const total = files.reduce((size, { content }) => size + content.size, 0);
    set({ job: { name, doing: 'Reading', loaded: 0, total } });
    const accepted = await segmenter.accept(files, {
      signal,
      onProgress: ({ phase, loaded, total }) =>
        set({ job: { name, doing: phase === 'read' ? 'Reading' : 'Loading', loaded, total } }),
    });
    const id = tokenizerFileId(accepted.sha256);
    const { linked } = own.get();
    const known = own.find(id);
    let problem: { readonly title: string; readonly hint: string } | undefined;
    let label = known?.name;
    if (!known) {
      const record = { ...accepted, name: own.freeName(linked[id] ?? name, id), added: Date.now() };
      label = record.name;
      const isKept = await segmenter.store(record, files).then(
        () => true,
        (error: unknown) => {
          const { message, hint } = toWireError(error);
          problem = { title: message, hint };
          return false;
        },
      );
      if (signal.aborted) return;
      own.add(record, isKept ? null : files);
    }
    const wasShown = columns.ids.includes(id);
    columns.add(id);
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
}

/** A file that another lab is for. */
interface OtherFile {
  readonly file: NamedBlob;
  readonly kind: OtherKind;
}

/** Which files make a tokenizer, which are texts, and which are for other labs. */
async function sort(
  blobs: readonly NamedBlob[],
  { as }: TakeOptions,
): Promise<{
  readonly tokenizers: readonly (readonly NamedBlob[])[];
  readonly texts: readonly NamedBlob[];
  readonly others: readonly OtherFile[];
}> {
  const kinds = await Promise.all(blobs.map(kindOf));
  const alone = (kind: TokenizerFileKind | undefined) =>
    kind !== undefined && kind !== 'vocab.json' && kind !== 'merges.txt';
  const isPair =
    blobs.length === 2 && (as === 'tokenizer' || kinds.includes('vocab.json')) && !kinds.some(alone);
  if (isPair) return { tokenizers: [blobs], texts: [], others: [] };
  const isTokenizer = (_: NamedBlob, i: number) => as === 'tokenizer' || kinds[i] !== undefined;
  const rest = blobs.filter((blob, i) => !isTokenizer(blob, i));
  const otherKinds = await Promise.all(rest.map(otherKindOf));
  return {
    tokenizers: blobs.filter(isTokenizer).map((blob) => [blob]),
    texts: rest.filter((_, i) => otherKinds[i] === undefined),
    others: rest.flatMap((file, i) => {
      const kind = otherKinds[i];
      return kind ? [{ file, kind }] : [];
    }),
  };
}

async function kindOf({ content }: NamedBlob): Promise<TokenizerFileKind | undefined> {
  try {
    return recogniseTokenizer(new Uint8Array(await content.slice(0, RECOGNITION_BYTES).arrayBuffer()));
  } catch {
    return undefined; // whoever reads it will say why it cannot be read
  }
}

async function otherKindOf({ name, content }: NamedBlob): Promise<OtherKind | undefined> {
  try {
    return otherKind(name, content.type, new Uint8Array(await content.slice(0, 32).arrayBuffer()));
  } catch {
    return undefined; // as above
  }
}

function short(id: string): string {
  return `${id.replace(/^file:/, '').slice(0, 12)}…`;
}
