import { describeFile } from '../../core/image/sniff';
import { CORPUS_LIMIT } from '../../engine/train/train.api';
import { recogniseOther } from '../../tokenizers/files/file-kinds';
import { formatBytes } from '../../ui/format';
import { filesOf } from '../../views/intake/folders';
import type { CorpusFile, SkippedFile } from './corpus';

/** Bytes at the beginning that are looked at. */
const LOOKED_AT = 65_536;

/** What became of files that were given. */
export interface Taken {
  readonly files: readonly CorpusFile[];
  readonly skipped: readonly SkippedFile[];
  /** Why none was taken at all; the files are then none. */
  readonly refusal: { readonly message: string; readonly hint: string } | null;
}

/**
 * Texts among files and folders; gzipped ones count. Everything else is named and left out.
 * @throws TokenoscopeError `aborted`
 */
export async function takeFiles(
  given: readonly File[],
  folders: readonly FileSystemDirectoryEntry[],
  signal: AbortSignal,
): Promise<Taken> {
  const all: { name: string; content: Blob }[] = given.map((file) => ({ name: file.name, content: file }));
  for (const folder of folders) {
    for (const file of await filesOf(folder, signal)) {
      all.push({ name: `${folder.name}/${file.name}`, content: file });
    }
  }
  const files: CorpusFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const { name, content } of all) {
    const found = await look(name, content);
    if ('what' in found) skipped.push(found);
    else files.push(found);
  }
  return { files, skipped, refusal: refusalOf(files, skipped) };
}

function refusalOf(files: readonly CorpusFile[], skipped: readonly SkippedFile[]): Taken['refusal'] {
  const total = files.reduce((sum, { content }) => sum + content.size, 0);
  if (total > CORPUS_LIMIT) {
    return {
      message: `These files are ${formatBytes(total)}; the page trains on up to ${formatBytes(CORPUS_LIMIT)}.`,
      hint: 'Give fewer files, or train on the command line (train-text), which has no such limit.',
    };
  }
  if (files.length > 0) return null;
  const [first] = skipped;
  if (!first) return { message: 'There is no file in it.', hint: 'Give text files, or a folder with some.' };
  return {
    message:
      skipped.length === 1
        ? `${first.name} is ${first.what}, not a text to learn from.`
        : `None of these ${skipped.length} files is a text: ${first.name} is ${first.what}.`,
    hint: 'Give plain text in UTF-8 (.txt, .md, source code), or such text packed with gzip (.gz).',
  };
}

async function look(name: string, content: Blob): Promise<CorpusFile | SkippedFile> {
  if (content.size === 0) return { name, what: 'empty' };
  let head: Uint8Array;
  try {
    head = new Uint8Array(await content.slice(0, LOOKED_AT).arrayBuffer());
  } catch {
    return { name, what: 'a file that cannot be read' };
  }
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return /\.t(?:ar\.)?gz$/i.test(name)
      ? { name, what: 'an archive of files' }
      : { name, content, gzip: true };
  }
  const what = describeFile(head);
  if (what === 'text' || what === 'a web page') {
    return head.includes(0) ? { name, what: 'a binary file' } : { name, content, gzip: false };
  }
  // Texts in older encodings are texts all the same; what they cannot be read as becomes U+FFFD.
  const kind = what ?? recogniseOther(head, name)?.what;
  if (kind !== undefined || head.includes(0)) return { name, what: kind ?? 'a binary file' };
  return { name, content, gzip: false };
}
