import { decodeUtf8 } from '../../core/text/utf8';

/** Formats by their first bytes, and what to do with such a file. */
const MAGIC: readonly (readonly [bytes: readonly number[], what: string, hint: string])[] = [
  [[0x1f, 0x8b], 'packed with gzip', 'Unpack it first.'],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'a zip archive, as PyTorch weights are too',
    'Unpack it, and give the tokenizer in it.',
  ],
  [[0x28, 0xb5, 0x2f, 0xfd], 'packed with Zstandard', 'Unpack it first.'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'packed with xz', 'Unpack it first.'],
  [[0x42, 0x5a, 0x68], 'packed with bzip2', 'Unpack it first.'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive', 'Unpack it first.'],
  [[0x47, 0x47, 0x55, 0x46], "a model's weights (GGUF)", "Give the model's tokenizer.json instead."],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture (PNG)', 'Pictures open in the image lab.'],
  [[0xff, 0xd8, 0xff], 'a picture (JPEG)', 'Pictures open in the image lab.'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document', 'Give a tokenizer file.'],
  [[0x80, 0x02], 'a Python pickle', "Give the model's tokenizer.json instead."],
  [[0x80, 0x04], 'a Python pickle', "Give the model's tokenizer.json instead."],
];

/** What a file is that is not a tokenizer, with what to do; undefined if it is unknown. */
export function recogniseOther(bytes: Uint8Array): { what: string; hint: string } | undefined {
  for (const [magic, what, hint] of MAGIC) {
    if (magic.every((byte, i) => bytes[i] === byte)) return { what, hint };
  }
  if (isSafetensors(bytes)) {
    return { what: "a model's weights (safetensors)", hint: "Give the model's tokenizer.json instead." };
  }
  const text = decodeUtf8(bytes.subarray(0, 1024));
  if (/^\ufeff?\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html|head|body)\b/i.test(text)) {
    const hint = 'Open the page in the browser, sign in where it asks you to, and download the file itself.';
    return { what: 'an HTML page, as sites send instead of a file that needs a sign-in', hint };
  }
  if (/^\ufeff?\s*<(?:\?xml|[a-z])/i.test(text))
    return { what: 'an XML file', hint: 'Give a tokenizer file.' };
  if (text.startsWith('version https://git-lfs.')) {
    const hint = 'Run "git lfs pull", or download the file itself.';
    return { what: 'a Git LFS pointer, not the file itself', hint };
  }
  return undefined;
}

/** Eight bytes of length, then a JSON object of that length. */
function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 10 || bytes[8] !== 0x7b || bytes[9] !== 0x22) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  return view.getUint32(4, true) === 0 && view.getUint32(0, true) < 1 << 28;
}

/** A text in UTF-16, by its byte-order mark or by the zeros beside its first characters, as UTF-8; else undefined. */
export function fromUtf16(bytes: Uint8Array): Uint8Array | undefined {
  const [a, b] = bytes;
  const little = (a === 0xff && b === 0xfe) || (a === 0x7b && b === 0);
  const big = (a === 0xfe && b === 0xff) || (a === 0 && b === 0x7b);
  if (!little && !big) return undefined;
  return new TextEncoder().encode(new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes));
}
