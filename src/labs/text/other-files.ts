/** A file that is no text, and that another lab may be for. */
export type OtherKind = 'picture' | 'weights';

const PICTURES: readonly (readonly [offset: number, magic: string])[] = [
  [0, '\x89PNG'],
  [0, '\xff\xd8\xff'],
  [0, 'GIF8'],
  [8, 'WEBP'],
  [4, 'ftypavif'],
  [4, 'ftypheic'],
  [0, '\xff\x0a'],
  [0, 'II*\0'],
  [0, 'MM\0*'],
];

/** What a file is by its beginning (at least 32 bytes of it) and its name; undefined where it may be a text. */
export function otherKind(name: string, type: string, head: Uint8Array): OtherKind | undefined {
  const text = String.fromCharCode(...head.subarray(0, 32));
  if (PICTURES.some(([offset, magic]) => text.startsWith(magic, offset))) return 'picture';
  if (/\.(safetensors|onnx|gguf|pth?|ckpt)$/i.test(name) || text.startsWith('GGUF')) return 'weights';
  // A length in eight bytes, then JSON: safetensors under another name.
  if (/^[^\0]{1,3}\0{5,7}\{"/.test(text)) return 'weights';
  // An SVG is both: only its name or type says that a picture is meant.
  if (/^image\//.test(type) || /\.(svgz?|bmp|tiff?)$/i.test(name)) return 'picture';
  return undefined;
}

/** What to do with files that are not for the text lab. */
export function elsewhere(name: string, kind: OtherKind): { readonly title: string; readonly hint: string } {
  return kind === 'picture'
    ? { title: `${name} is a picture.`, hint: 'Go to the image lab (Image, at the top) and drop it there.' }
    : {
        title: `${name} holds the weights of a model, not a tokenizer.`,
        hint: 'Checkpoints of image tokenizers open in the image lab. For a language model, drop its tokenizer.json here.',
      };
}
