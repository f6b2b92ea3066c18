import { TokenoscopeError } from '../../core/errors';
import { assertFileSize } from './document';

/** A file's text, and what had to be done to read it, in plain words. */
export interface FileText {
  readonly text: string;
  readonly note: string;
}

/**
 * Reads a text file: UTF-8, or UTF-16 where its byte-order mark says so. A byte-order mark of UTF-8 stays: it is
 * text to a tokenizer.
 * @throws TokenoscopeError `text-too-large`; `not-text` where the file is something else
 */
export async function readTextFile(file: File): Promise<FileText> {
  assertFileSize(file.size);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'be' : '';
  if (utf16) {
    return {
      text: new TextDecoder(`utf-16${utf16}`).decode(bytes),
      note: `${file.name} is UTF-16; it was read as such.`,
    };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), note: '' };
  } catch {
    if (bytes.subarray(0, 4096).includes(0)) {
      throw new TokenoscopeError(
        'not-text',
        `${file.name || 'This file'} is not a text file.`,
        'Choose a plain text file (.txt, .md, .csv, source code). Pictures open in the image lab.',
      );
    }
    return {
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      note: `${file.name} is not valid UTF-8; what could not be read became U+FFFD.`,
    };
  }
}
