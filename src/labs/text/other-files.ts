import { describeFile, looksLikePicture } from '../../core/image/sniff';
import { recogniseOther } from '../../tokenizers/files/file-kinds';

/** A file that is not for the text lab: what it is, and what to do with it. */
export interface OtherFile {
  readonly title: string;
  readonly hint: string;
  /** Whether it may be meant as a text all the same. */
  readonly isText: boolean;
  /** Whether it is one of the files that lie beside a tokenizer. */
  readonly isBeside: boolean;
}

/** Names that tokenizers have. */
const TOKENIZER_NAME = /\.(?:json|model|tiktoken|spm|gguf)$/i;

/**
 * What a file is by its beginning and its name; undefined where it may be a text.
 * @param head its first 64 kB, which are not those of a tokenizer
 */
export function otherFile(name: string, type: string, head: Uint8Array): OtherFile | undefined {
  const what = describeFile(head);
  // The source of an SVG is text: its name or type says that a picture is meant.
  const isSource = what === 'text' || what === 'a web page' || head.length === 0;
  const isSvg = /^image\//.test(type) || /\.svg$/i.test(name);
  if (isSource ? isSvg : looksLikePicture(head, name)) {
    return {
      title: `${name} is a picture.`,
      hint: 'Go to the image lab (Image, at the top) and drop it there.',
      isText: isSource,
      isBeside: false,
    };
  }
  const kind = recogniseOther(head, name);
  if (kind && (!kind.isMarkup || TOKENIZER_NAME.test(name))) {
    return { ...kind, title: `${name} is ${kind.what}.` };
  }
  if (isSource || what === undefined) return undefined;
  return {
    title: `${name} is ${what}, not a text.`,
    hint: what.includes('picture')
      ? 'Save it as PNG or JPEG; the image lab opens those.'
      : 'Save its text as a plain text file (.txt, .md, source code), or drop a tokenizer file.',
    isText: false,
    isBeside: false,
  };
}
