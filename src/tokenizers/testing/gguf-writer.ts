import { encodeUtf8 } from '../../core/text/utf8';

/** A value of a GGUF file's metadata. */
export type GgufValue =
  | string
  | boolean
  | number
  | { readonly f32: number }
  | { readonly texts: readonly string[] }
  | { readonly numbers: readonly number[]; readonly as: 'i32' | 'f32' | 'u8' }
  | { readonly nested: readonly (readonly number[])[] };

/** How a GGUF file is written. */
export interface GgufForm {
  readonly version?: 1 | 2 | 3;
  readonly isLittle?: boolean;
  /** Follows the metadata: what stands for tensors and weights. */
  readonly rest?: Uint8Array;
}

/** Writes a GGUF file as ggml's gguf.md describes it, for tests: whole numbers are unsigned, of 32 bits. */
export function ggufFile(
  metadata: Readonly<Record<string, GgufValue>>,
  { version = 3, isLittle = true, rest = new Uint8Array(0) }: GgufForm = {},
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const number = (size: number, set: (view: DataView) => void) => {
    const bytes = new Uint8Array(size);
    set(new DataView(bytes.buffer));
    parts.push(bytes);
  };
  const u32 = (value: number) => number(4, (view) => view.setUint32(0, value, isLittle));
  const f32 = (value: number) => number(4, (view) => view.setFloat32(0, value, isLittle));
  const length = (value: number) =>
    version === 1 ? u32(value) : number(8, (view) => view.setBigUint64(0, BigInt(value), isLittle));
  const text = (value: string) => {
    const bytes = encodeUtf8(value);
    length(bytes.length);
    parts.push(bytes);
  };
  const list = (type: number, count: number) => {
    u32(type);
    length(count);
  };
  const write = (value: GgufValue) => {
    if (typeof value === 'string') {
      u32(8);
      text(value);
    } else if (typeof value === 'boolean') {
      u32(7);
      parts.push(Uint8Array.of(value ? 1 : 0));
    } else if (typeof value === 'number') {
      u32(4);
      u32(value);
    } else if ('f32' in value) {
      u32(6);
      f32(value.f32);
    } else if ('texts' in value) {
      u32(9);
      list(8, value.texts.length);
      value.texts.forEach(text);
    } else if ('nested' in value) {
      u32(9);
      list(9, value.nested.length);
      for (const numbers of value.nested) {
        list(4, numbers.length);
        numbers.forEach(u32);
      }
    } else {
      u32(9);
      const { numbers, as } = value;
      list({ u8: 0, i32: 5, f32: 6 }[as], numbers.length);
      if (as === 'u8') parts.push(Uint8Array.from(numbers));
      else numbers.forEach(as === 'f32' ? f32 : (one) => u32(one >>> 0));
    }
  };
  parts.push(encodeUtf8('GGUF'));
  u32(version);
  length(7);
  length(Object.keys(metadata).length);
  for (const [key, value] of Object.entries(metadata)) {
    text(key);
    write(value);
  }
  return joinBytes([...parts, rest]);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A tokenizer.json of byte-level BPE, as far as a GGUF file is made from it. */
export interface BpeJson {
  readonly model: {
    readonly vocab: Readonly<Record<string, number>>;
    readonly merges: readonly (string | readonly [string, string])[];
  };
  readonly added_tokens: readonly {
    readonly id: number;
    readonly content: string;
    readonly special: boolean;
  }[];
}

/** The metadata that a converter writes for a tokenizer.json of byte-level BPE. */
export function ggufOfBpe({ model, added_tokens: added }: BpeJson, pre: string): Record<string, GgufValue> {
  const tokens = new Map<number, string>(Object.entries(model.vocab).map(([token, id]) => [id, token]));
  const types = new Map<number, number>();
  for (const { id, content, special } of added) {
    tokens.set(id, content);
    types.set(id, special ? 3 : 4);
  }
  let size = 0;
  for (const id of tokens.keys()) size = Math.max(size, id + 1);
  const ids = Array.from({ length: size }, (_, id) => id);
  return {
    'general.architecture': 'test',
    'general.rope': { nested: [[1, 2], [3]] },
    'general.scale': { f32: 0.5 },
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': pre,
    'tokenizer.ggml.tokens': { texts: ids.map((id) => tokens.get(id) ?? `[PAD${id}]`) },
    'tokenizer.ggml.token_type': {
      numbers: ids.map((id) => types.get(id) ?? (tokens.has(id) ? 1 : 5)),
      as: 'i32',
    },
    'tokenizer.ggml.merges': {
      texts: model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' '))),
    },
    'general.file_type': 7,
  };
}
