import { TokenoscopeError } from '../../core/errors';
import { describeFile, looksLikePicture } from '../../core/image/sniff';
import { decodeUtf8 } from '../../core/text/utf8';
import { formatBytes } from '../../ui/format';
import { tooLarge } from './too-large';

/**
 * The text of a file.
 * @param limit bytes
 * @throws TokenoscopeError `text-too-large`, `not-text`, `file-unreadable`
 */
export async function readTextFile(file: File, limit: number): Promise<string> {
  if (file.size > limit) throw tooLarge(`${file.name} is ${formatBytes(file.size)}`, limit);
  const bytes = await read(file);
  const what = bytes.length === 0 ? 'text' : describeFile(bytes);
  if (what === 'text' || what === 'a web page') return decodeUtf8(bytes);
  const named = what ?? (looksLikePicture(bytes, file.type) ? 'a picture' : 'a binary file');
  throw new TokenoscopeError(
    'not-text',
    `${file.name} is ${named}, not a text.`,
    'This experiment takes a text: drop a plain text file, or paste one.',
  );
}

async function read(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new TokenoscopeError('file-unreadable', `${file.name} could not be read.`, 'Try again.', { cause });
  }
}
