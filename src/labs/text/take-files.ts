import { TokenoscopeError, toWireError } from '../../core/errors';
import { sha256OfId, tokenizerFileId } from '../../core/link/tokenizer-file';
import type { NamedBlob } from '../../engine/storage/named-blob';
import type { StoredTokenizer } from '../../engine/storage/tokenizer-store';
import { isBesideTokenizer } from '../../tokenizers/files/beside';
import { formatInteger } from '../../ui/format';
import type { Fetched, IntakeLab, IntakeState, TakeOptions } from './intake-state';
import { columnIdOf, freeName } from './own-changes';
import { type Stranger, sortFiles, sortFolder } from './sort-files';

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
  folders: readonly FileSystemDirectoryEntry[],
  options: TakeOptions,
  context: TakeContext,
): Promise<void> {
  const { lab, signal, say, takeText, onTokenizer } = context;
  const rest: NamedBlob[] = [];
  for (const file of files) {
    const isOpened =
      /\.json$/i.test(file.name) &&
      (await (await import('./fingerprint/open-fingerprint')).openFingerprint(file, lab));
    if (!isOpened) rest.push(file);
  }
  if (rest.length === 0 && folders.length === 0) return;
  const sorted = [await sortFiles(rest, options)];
  for (const folder of folders) sorted.push(await sortFolder(folder, signal));
  const tokenizers = sorted.flatMap((one) => one.tokenizers);
  const texts = sorted.flatMap((one) => one.texts);
  const others = sorted.flatMap((one) => one.others);
  for (const tokenizer of tokenizers) {
    onTokenizer(tokenizer.length === 1 ? tokenizer[0]! : null);
    await takeTokenizer(tokenizer, options, context);
  }
  onTokenizer(null);
  const [text, ...more] = texts;
  if (text?.content.size === 0) {
    throw new TokenoscopeError('not-text', `${text.name} is empty.`, 'Your present text is unchanged.');
  }
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

/**
 * Takes a tokenizer's files: a column shows it, and this browser keeps it.
 * @throws TokenoscopeError what reading them throws
 */
export async function takeTokenizer(
  given: readonly NamedBlob[],
  { wanted, from }: TakeOptions,
  { lab, signal, say: set }: Pick<TakeContext, 'lab' | 'signal' | 'say'>,
): Promise<void> {
  const { columns, own, segmenter } = lab;
  await own.list();
  const main = given.length > 1 ? given.filter((file) => !isBesideTokenizer(file.name)) : given;
  const name = from?.name ?? main.map((file) => file.name).join(' + ');
  const total = given.reduce((size, { content }) => size + content.size, 0);
  set({ job: { name, doing: 'Reading', loaded: 0, total } });
  const {
    files,
    chatTemplate: _,
    ...accepted
  } = await segmenter.accept(given, {
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
    const record: StoredTokenizer = {
      ...accepted,
      name: freeName(own, linked[file] ?? name, file),
      added: Date.now(),
      ...(from?.origin === undefined ? {} : { origin: from.origin }),
    };
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
  const asText = given.length === 1 && !from && accepted.kind !== 'GGUF' ? given[0]! : null;
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
        hint: [from?.note, known ? '' : kept(from)].filter(Boolean).join(' '),
        asText,
        added,
      },
    });
  }
}

function kept(from: Fetched | undefined): string {
  return from
    ? 'It is kept in this browser, and works offline.'
    : 'It is kept in this browser and goes nowhere else.';
}

function short(id: string): string {
  return `${id.replace(/^file:/, '').slice(0, 12)}…`;
}
