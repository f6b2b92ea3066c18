import type { MergedToken } from '../core/text/merged-token';
import type { EncodeOptions, TokenSequence } from '../core/text/token-sequence';
import type { DecodeStream, SpecialCount, TokenEntry, Tokenizer } from '../core/text/tokens';
import type { TextTrace, TraceOptions } from '../core/text/traces';
import { utf8Length } from '../core/text/utf8';
import { AlignedText, isExact, utf8LengthOf } from './aligned-text';
import { normalizeUnicode, type UnicodeForm } from './normalizers/unicode-forms';
import type { SpecialTokens } from './special-tokens';
import { SpanWriter } from './token-writer';
import { MergeRecorder } from './traces-merges';

/** What a tokenizer with a Unicode normalization in front is made of. */
export interface NormalizingParts {
  readonly kind: 'normalizing';
  readonly inner: Tokenizer;
  readonly form: UnicodeForm;
}

/**
 * Puts Unicode normalization in front of a byte-level tokenizer. A text that is already normalized, as nearly all
 * are, costs one comparison. Otherwise the stretches between special tokens are normalized one by one, and
 * spans mapped back to the original.
 */
export class NormalizingTokenizer implements Tokenizer {
  readonly vocabularySize: number;
  readonly #inner: Tokenizer;
  readonly #form: UnicodeForm;
  readonly #special: SpecialTokens;

  constructor(inner: Tokenizer, form: UnicodeForm, special: SpecialTokens) {
    this.vocabularySize = inner.vocabularySize;
    this.#inner = inner;
    this.#form = form;
    this.#special = special;
  }

  /** What it is made of, for cuts of its vocabulary (./cut). */
  get parts(): NormalizingParts {
    return { kind: 'normalizing', inner: this.#inner, form: this.#form };
  }

  encode(input: string, options: EncodeOptions = {}): TokenSequence {
    const text = input.toWellFormed();
    if (text.normalize(this.#form) === text) return this.#inner.encode(text, options);
    if (options.special === 'error') this.#special.refuse(text);
    const out = new SpanWriter(text.length >> 1);
    for (const stretch of this.#stretches(text, options)) {
      if (stretch.id === undefined)
        appendOriginal(this.#inner.encode(stretch.normal.text), stretch.normal, out);
      else out.push(stretch.id, stretch.start, stretch.end);
    }
    return out.finish();
  }

  async encodeInSlices(
    input: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence> {
    const text = input.toWellFormed();
    if (text.normalize(this.#form) === text) return this.#inner.encodeInSlices(text, options);
    if (options.special === 'error') this.#special.refuse(text);
    const out = new SpanWriter(text.length >> 1);
    const stretches = this.#stretches(text, options);
    const { signal, onProgress } = options;
    for (const [i, stretch] of stretches.entries()) {
      if (stretch.id !== undefined) out.push(stretch.id, stretch.start, stretch.end);
      else {
        const tokens = await this.#inner.encodeInSlices(stretch.normal.text, {
          ...(signal && { signal }),
          onProgress: (share) => onProgress?.((i + share) / stretches.length),
        });
        appendOriginal(tokens, stretch.normal, out);
      }
    }
    onProgress?.(1);
    return out.finish();
  }

  decode(ids: ArrayLike<number>): Uint8Array {
    return this.#inner.decode(ids);
  }

  decodeStream(): DecodeStream {
    return this.#inner.decodeStream();
  }

  tokenBytes(id: number): Uint8Array {
    return this.#inner.tokenBytes(id);
  }

  token(id: number): TokenEntry | undefined {
    return this.#inner.token(id);
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    return this.#inner.idsOf(token);
  }

  specialsIn(text: string): readonly SpecialCount[] {
    return this.#special.countIn(text);
  }

  merged(id: number): MergedToken | undefined {
    return this.#inner.merged?.(id);
  }

  trace(input: string, options: TraceOptions = {}): TextTrace | undefined {
    const text = input.toWellFormed();
    if (text.normalize(this.#form) === text) return this.#inner.trace(text, options);
    const recorder = new MergeRecorder(text.length);
    const { symbols } = recorder;
    for (const stretch of this.#stretches(text, options)) {
      if (stretch.id !== undefined) {
        symbols.push(stretch.id, stretch.start, stretch.end);
        continue;
      }
      const trace = this.#inner.trace(stretch.normal.text);
      if (trace?.kind !== 'merges') return undefined;
      const first = symbols.count;
      appendOriginal(trace.symbols, stretch.normal, symbols);
      trace.ids.forEach((id, i) => {
        recorder.beginWord();
        recorder.merge(trace.ranks[i]!, id, first + trace.lefts[i]!, first + trace.rights[i]!);
      });
    }
    return recorder.finish();
  }

  #stretches(text: string, { special }: EncodeOptions): Stretch[] {
    const stretches: Stretch[] = [];
    let unit = 0;
    let byte = 0;
    for (;;) {
      const match = special === 'parse' ? this.#special.next(text, unit) : undefined;
      const plain = text.slice(unit, match?.start);
      if (plain !== '') {
        stretches.push({
          id: undefined,
          normal: normalizeUnicode(AlignedText.from(plain, byte), this.#form),
        });
      }
      if (!match) return stretches;
      const start = byte + utf8Length(plain);
      byte = start + utf8Length(text, match.start, match.end);
      unit = match.end;
      stretches.push({ id: match.id, start, end: byte });
    }
  }
}

type Stretch =
  | { readonly id: undefined; readonly normal: AlignedText }
  | { readonly id: number; readonly start: number; readonly end: number };

/** Maps spans in the normalized stretch back to the original. */
export function appendOriginal(
  { ids, starts, ends }: TokenSequence,
  normal: AlignedText,
  out: SpanWriter,
): void {
  let point = 0;
  let pointStart = 0;
  for (let i = 0; i < ids.length; i++) {
    const advance = (byte: number) => {
      while (pointStart + utf8LengthOf(normal.points[point]!) <= byte) {
        pointStart += utf8LengthOf(normal.points[point++]!);
      }
    };
    advance(starts[i]!);
    const start = originalByte(normal, point, starts[i]! - pointStart, 'start');
    advance(ends[i]! - 1);
    out.push(ids[i]!, start, originalByte(normal, point, ends[i]! - pointStart, 'end'));
  }
}

/** The original place of byte `part` of a normalized point; every byte of a changed point maps to the whole source. */
function originalByte(text: AlignedText, point: number, part: number, side: 'start' | 'end'): number {
  const start = text.starts[point]!;
  const end = text.ends[point]!;
  if (isExact(text, point)) return start + part;
  return side === 'start' ? start : end;
}
