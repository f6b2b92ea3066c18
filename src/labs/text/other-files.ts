import { describeFile, looksLikePicture } from '../../core/image/sniff';

/** A file that is not for the text lab: what it is, and where to go with it. */
export interface OtherFile {
  readonly title: string;
  readonly hint: string;
}

/** First bytes of a file that are looked at. */
export const HEAD_BYTES = 4096;

/** What a file is by its beginning and its name; undefined where it may be a text. */
export function otherFile(name: string, type: string, head: Uint8Array): OtherFile | undefined {
  const text = String.fromCharCode(...head.subarray(0, 32));
  const what = describeFile(head);
  if (/\.(safetensors|onnx|gguf|pth?|ckpt)$/i.test(name) || text.startsWith('GGUF') || isSafetensors(text)) {
    return {
      title: `${name} holds the weights of a model, not a tokenizer.`,
      hint: 'Checkpoints of image tokenizers open in the image lab. For a language model, drop its tokenizer.json here.',
    };
  }
  // The source of an SVG is text: its name or type says that a picture is meant.
  const isSource = what === 'text' || what === 'a web page' || head.length === 0;
  const isNamedPicture = /^image\//.test(type) || /\.svg$/i.test(name);
  if (isSource ? isNamedPicture : looksLikePicture(head, name)) {
    return {
      title: `${name} is a picture.`,
      hint: 'Go to the image lab (Image, at the top) and drop it there.',
    };
  }
  if (isSource || what === undefined) return undefined;
  return {
    title: `${name} is ${what}, not a text.`,
    hint: what.includes('picture')
      ? 'Save it as PNG or JPEG; the image lab opens those.'
      : 'Save its text as a plain text file (.txt, .md, source code), or drop a tokenizer file.',
  };
}

/** A length in eight bytes, then JSON. */
function isSafetensors(head: string): boolean {
  return head.startsWith('{"', 8) && head.startsWith('\0\0\0\0', 4);
}
