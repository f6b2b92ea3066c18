import { isAborted, throwIfAborted } from '../../core/errors';
import { describeFile, looksLikePicture } from '../../core/image/sniff';
import type { Collected } from './collect';
import { filesOf } from './folders';
import { readTextContent, type TextContent } from './text-content';

/** A remark about a picture that opened. */
export interface IntakeNote {
  readonly code: 'others';
  readonly text: string;
}

/** What to do with a drop or a paste. */
export type Intake =
  /** Open it; it may still turn out to be damaged. `name` is empty where it has none. */
  | {
      readonly kind: 'picture';
      readonly picture: Blob;
      readonly name: string;
      readonly notes: readonly IntakeNote[];
      /** Every file that was given, this one among them; none where it came as text. */
      readonly all: readonly File[];
      /** How many of them were tried before it and could not be read. */
      readonly unread: number;
    }
  | { readonly kind: 'experiment'; readonly file: File; readonly notes: readonly IntakeNote[] }
  /** A link of this project: open it; `hash` begins with `#`. */
  | { readonly kind: 'link'; readonly hash: string }
  /** Files that `isOurs` claims, with all others of the drop. */
  | { readonly kind: 'claimed'; readonly files: readonly File[] }
  /** Nothing but text, which is not a picture: a drop of it may be refused, a paste is ignored. */
  | { readonly kind: 'text'; readonly text: string }
  /** Show it: what happened, and what to do next. */
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string };

/** What only the lab knows. */
export interface SortOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether a file's first bytes (up to 4,096) are an experiment file's. */
  readonly isExperimentFile?: ((head: Uint8Array) => boolean) | undefined;
  /** Whether a file belongs to something else of the lab by its name, such as a checkpoint's weights. */
  readonly isOurs?: ((name: string) => boolean) | undefined;
  /** Whether what looks like a picture can be opened; asked where there are several, until one can. */
  readonly isReadable?: ((file: File) => Promise<boolean>) | undefined;
}

const HEAD = 4_096;
/** Names that a note lists before it counts. */
const NAMED = 4;
/** How many files are looked at; the rest is only counted, unless none of these can be opened. */
const LOOKED_AT = 200;

const OPEN_ONE = 'Drop or open a PNG, JPEG, WebP, AVIF, GIF, BMP or SVG file.';

/**
 * Decides what a drop or a paste means: the first readable picture among the files opens, or an experiment file, or what the text
 * stands for. Nothing is fetched, and of most files only the first bytes are read.
 * @throws TokenoscopeError `aborted`
 */
export async function sortIntake(found: Collected, options: SortOptions = {}): Promise<Intake> {
  const { signal } = options;
  const inside = [];
  for (const folder of found.folders) inside.push(...(await filesOf(folder, signal)));
  const files = [...found.files, ...inside];
  if (files.length === 0) {
    const [folder] = found.folders;
    return folder
      ? { kind: 'refused', message: `The folder "${folder.name}" is empty.`, hint: OPEN_ONE }
      : ofText(found.text);
  }
  if (options.isOurs && files.some(({ name }) => options.isOurs?.(name))) return { kind: 'claimed', files };
  const [lone, ...more] = files;
  const asPicture = (file: File, notes: readonly IntakeNote[], unread: number): Intake => {
    const unnamed = found.pasted && file.name === 'image.png';
    return { kind: 'picture', picture: file, name: unnamed ? '' : file.name, notes, all: files, unread };
  };
  // The decoder refuses a lone file that is not a picture, with a more detailed message, and sooner than it is looked at here.
  const mayOpen = more.length === 0 && found.folders.length === 0;
  throwIfAborted(signal);
  if (lone && mayOpen && !options.isExperimentFile) return asPicture(lone, [], 0);
  const looked: Looked[] = [];
  for (const file of files.slice(0, LOOKED_AT)) {
    looked.push(await look(file, options));
    throwIfAborted(signal);
  }
  const chosen =
    looked.find(({ is }) => is === 'experiment') ?? (await firstReadable(looked, files, options));
  const opens = chosen ?? (mayOpen ? looked[0] : undefined);
  if (!opens) return { kind: 'refused', message: noPicture(looked, files.length, found), hint: OPEN_ONE };
  const others = looked.filter(({ file }) => file !== opens.file);
  const notes = noteOthers(others, files.length - 1);
  const unread = looked.filter(({ is }) => is === 'broken').length;
  if (opens.is === 'experiment') return { kind: 'experiment', file: opens.file, notes };
  return asPicture(opens.file, notes, unread);
}

/**
 * The first picture that can be opened, among all files if need be; those before it are marked as broken in `looked`. Where
 * none can, the first that looks like one, which the decoder may mend, or else says what is wrong with.
 */
async function firstReadable(
  looked: Looked[],
  files: readonly File[],
  options: SortOptions,
): Promise<Looked | undefined> {
  const { isReadable, signal } = options;
  if (!isReadable || files.length === 1) return looked.find(({ is }) => is === 'picture');
  for (const [i, file] of files.entries()) {
    const found = looked[i] ?? (await look(file, options));
    looked[i] = found;
    if (found.is !== 'picture') continue;
    if (await isReadable(file)) return found;
    throwIfAborted(signal);
    looked[i] = { file, is: 'broken', what: 'cannot be read' };
  }
  return looked.find(({ is }) => is === 'broken');
}

interface Looked {
  readonly file: File;
  readonly is: 'picture' | 'experiment' | 'broken' | 'other';
  /** What it is if it is not a picture, in words; empty where unknown. */
  readonly what: string;
}

async function look(file: File, { isExperimentFile }: SortOptions): Promise<Looked> {
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  } catch (error) {
    if (isAborted(error)) throw error;
    return { file, is: 'other', what: 'cannot be read' };
  }
  if (isExperimentFile?.(head)) return { file, is: 'experiment', what: '' };
  if (looksLikePicture(head, file.name)) return { file, is: 'picture', what: '' };
  return { file, is: 'other', what: head.length === 0 ? 'empty' : (describeFile(head) ?? '') };
}

const quoted = ({ file, what }: Looked) => `"${file.name}"${what ? ` (${what})` : ''}`;

function listed(looked: readonly Looked[], count: number): string {
  const names = looked.slice(0, NAMED).map(quoted);
  const more = count - names.length;
  if (more > 0) names.push(`${more.toLocaleString('en')} more`);
  const last = names.pop();
  return names.length > 0 ? `${names.join(', ')} and ${last}` : (last ?? '');
}

function noteOthers(others: readonly Looked[], count: number): IntakeNote[] {
  return count === 0
    ? []
    : [{ code: 'others', text: `One picture at a time: left out ${listed(others, count)}.` }];
}

function noPicture(looked: readonly Looked[], count: number, { files, folders }: Collected): string {
  const [folder] = folders;
  const names = listed(looked, count);
  return folder && files.length === 0
    ? `The folder "${folder.name}" holds no picture, only ${names}.`
    : `None of these ${count} files is a picture: ${names}.`;
}

const FETCHES_NOTHING = 'this page fetches nothing from other sites';

function ofText(text: Collected['text']): Intake {
  const content = readTextContent(text);
  switch (content.kind) {
    case 'picture':
      return { kind: 'picture', picture: content.picture, name: '', notes: [], all: [], unread: 0 };
    case 'link':
      return content;
    case 'bad-data':
      return {
        kind: 'refused',
        message: content.type.startsWith('image/')
          ? 'The picture in that data: URL is damaged.'
          : `That data: URL holds ${content.type}, not a picture.`,
        hint: OPEN_ONE,
      };
    case 'address':
      return { kind: 'refused', ...ofAddress(content) };
    case 'text':
      return { kind: 'text', text: text.plain };
  }
}

function ofAddress({ scheme, host }: Extract<TextContent, { kind: 'address' }>): {
  readonly message: string;
  readonly hint: string;
} {
  if (scheme === 'file') {
    return {
      message: 'That was the address of a file on your disk, which a page cannot read.',
      hint: 'Drag the file itself out of your file manager, or open it with "Open picture".',
    };
  }
  return {
    message: `That was a link to a picture${host ? ` at ${host}` : ' in another page'}, not a file.`,
    hint: `Save the picture first, or copy it and paste it here: ${FETCHES_NOTHING}.`,
  };
}
