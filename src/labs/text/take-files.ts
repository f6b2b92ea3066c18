import { toWireError } from '../../core/errors';
import { sha256OfId, tokenizerFileId } from '../../core/link/tokenizer-file';
import type { NamedBlob } from '../../engine/storage/named-blob';
import {
  RECOGNITION_BYTES,
  recogniseTokenizer,
  type TokenizerFileKind,
} from '../../tokenizers/files/recognise-tokenizer';
import { formatInteger } from '../../ui/format';
import type { IntakeLab, IntakeState, TakeOptions } from './intake-state';
import { type OtherFile, otherFile } from './other-files';
import { columnIdOf, freeName } from './own-changes';

/** What taking files needs of the intake. */
export interface TakeContext {
  readonly lab: IntakeLab;
  readonly signal: AbortSignal;
  readonly say: (state: Partial<IntakeState>) => void;
  readonly takeText: (text: NamedBlob) => Promise<void>;
  /** Receives the file that is taken for a tokenizer and could be meant as a text; null where there is none. */
  readonly onTokenizer: (file: NamedBlob | null) => void;
}

/** Takes files in: loaded with the first of them. @throws what reading them throws */
export async function takeFiles(
  files: readonly NamedBlob[],
  options: TakeOptions,
  context: TakeContext,
): Promise<void> {
  const { signal, say, takeText, onTokenizer } = context;
  const { tokenizers, texts, others } = await sort(files, options);
  for (const tokenizer of tokenizers) {
    onTokenizer(tokenizer.length === 1 ? tokenizer[0]! : null);
    await takeTokenizer(tokenizer, options, context);
  }
  onTokenizer(null);
  const [text, ...more] = texts;
  if (text) await takeText(text);
  // What lies beside a tokenizer is not worth a word.
  const unexpected = tokenizers.length > 0 ? others.filter(({ isBeside }) => !isBeside) : others;
  if (!signal.aborted) nameTheRest(unexpected, more, say);
}

/** Says what the files that were not opened are, and where they open. */
function nameTheRest(others: readonly Stranger[], more: readonly NamedBlob[], set: TakeContext['say']): void {
  const [other] = others;
  const rest = [...others.slice(1).map(({ file }) => file), ...more].map(({ name }) => name);
  if (!other && rest.length === 0) return;
  const named = rest.length === 0 ? '' : `Not opened: ${rest.join(', ')}. `;
  if (!other) {
    set({
      message: {
        tone: 'info',
        title: named.trim(),
        hint: 'The lab shows one text at a time.',
        asText: null,
        added: null,
      },
    });
    return;
  }
  const { title, hint, isText } = other;
  const asText = isText ? other.file : null;
  set({ message: { tone: 'warning', title, hint: named + hint, asText, added: null } });
}

async function takeTokenizer(
  files: readonly NamedBlob[],
  { wanted }: TakeOptions,
  { lab, signal, say: set }: TakeContext,
): Promise<void> {
  const { columns, own, segmenter } = lab;

  await own.list();
  const name = files.map((file) => file.name).join(' + ');
  const total = files.reduce((size, { content }) => size + content.size, 0);
  set({ job: { name, doing: 'Reading', loaded: 0, total } });
  const accepted = await segmenter.accept(files, {
    signal,
    onProgress: ({ phase, loaded, total }) =>
      set({ job: { name, doing: phase === 'read' ? 'Reading' : 'Loading', loaded, total } }),
  });
  const file = tokenizerFileId(accepted.sha256);
  const { linked } = own.get();
  const known = own.find(file);
  let problem: { readonly title: string; readonly hint: string } | undefined;
  let label = known?.name;
  if (!known) {
    const record = { ...accepted, name: freeName(own, linked[file] ?? name, file), added: Date.now() };
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
  // A column of this file may name an encoding: the link's, or the one that was chosen last.
  const isHere = (id: string) => sha256OfId(id) === accepted.sha256;
  const shown = columns.ids.find(isHere);
  const id = shown ?? (known ? columnIdOf(known) : file);
  if (id !== file && !columns.ids.includes(file)) segmenter.release(file);
  columns.add(id);
  const asText = files.length === 1 ? files[0]! : null;
  const added = { id, isNew: !known };
  if (problem) set({ message: { tone: 'warning', ...problem, asText, added } });
  else if (wanted && !isHere(wanted)) {
    set({
      message: {
        tone: 'warning',
        title: `${name} is not the file that the link means: its content is different.`,
        hint: `It is in a column of its own now. The link needs sha256 ${short(wanted)}; this file has ${short(id)}.`,
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
          ? `${label} is here already${shown ? '' : '; its column is back'}.`
          : `${label} is ready: ${size}.`,
        hint: known ? '' : 'It is kept in this browser and goes nowhere else.',
        asText,
        added,
      },
    });
  }
}

/** A file that is not for this lab. */
interface Stranger extends OtherFile {
  readonly file: NamedBlob;
}

/** Which files make a tokenizer, which are texts, and which are neither. */
async function sort(
  blobs: readonly NamedBlob[],
  { as }: TakeOptions,
): Promise<{
  readonly tokenizers: readonly (readonly NamedBlob[])[];
  readonly texts: readonly NamedBlob[];
  readonly others: readonly Stranger[];
}> {
  const looked = await Promise.all(blobs.map(look));
  const kinds = looked.map(({ kind }) => kind);
  const alone = (kind: TokenizerFileKind | undefined) =>
    kind !== undefined && kind !== 'vocab.json' && kind !== 'merges.txt';
  const isPair =
    blobs.length === 2 && (as === 'tokenizer' || kinds.includes('vocab.json')) && !kinds.some(alone);
  if (isPair) return { tokenizers: [blobs], texts: [], others: [] };
  const rest = as === 'tokenizer' ? [] : looked.filter(({ kind }) => kind === undefined);
  return {
    tokenizers: looked.filter((one) => !rest.includes(one)).map(({ file }) => [file]),
    texts: rest.filter(({ other }) => !other).map(({ file }) => file),
    others: rest.flatMap(({ file, other }) => (other ? [{ ...other, file }] : [])),
  };
}

interface Looked {
  readonly file: NamedBlob;
  readonly kind?: TokenizerFileKind | undefined;
  readonly other?: OtherFile | undefined;
}

async function look(file: NamedBlob): Promise<Looked> {
  const { name, content } = file;
  try {
    const head = new Uint8Array(await content.slice(0, RECOGNITION_BYTES).arrayBuffer());
    const kind = recogniseTokenizer(head);
    return { file, kind, other: kind ? undefined : otherFile(name, content.type, head) };
  } catch {
    return { file }; // whoever reads it will say why it cannot be read
  }
}

function short(id: string): string {
  return `${id.replace(/^file:/, '').slice(0, 12)}…`;
}
