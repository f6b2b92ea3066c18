import { TokenoscopeError } from '../core/errors';
import type { MergedToken } from '../core/text/merged-token';
import type { EncodeOptions, TokenSequence } from '../core/text/token-sequence';
import type { DecodeStream, SpecialCount, TokenEntry, Tokenizer } from '../core/text/tokens';
import type { TextTrace, TraceOptions } from '../core/text/traces';
import { encodeUtf8 } from '../core/text/utf8';
import { type AddedToken, AddedTokenFinder, type Stretch } from './added-tokens';
import { AlignedText, originalEnd, originalStart } from './aligned-text';
import { bytesOfBinary, type Decoder, decodeWhole, spacingDecoder, toBinary } from './decoders';
import type { Steps } from './files/steps';
import type { EmitToken, TokenModel } from './models/model';
import type { PostProcessor } from './post-processors';
import { runInSlices } from './slices';
import { TokenIndex } from './token-index';
import { SpanWriter } from './token-writer';
import { mergedByModel, traceModel } from './traces';

/** The parts of a tokenizer, in the order in which a text passes through them. */
export interface Pipeline {
  readonly addedTokens: readonly AddedToken[];
  readonly normalize: (text: AlignedText) => AlignedText;
  readonly preTokenize: (text: AlignedText) => AlignedText[];
  readonly model: TokenModel;
  readonly postProcessor: PostProcessor | undefined;
  readonly decoder: Decoder | undefined;
  readonly shortcut?: Shortcut | undefined;
}

/** What a tokenizer is made of that is a pipeline. */
export interface PipelineParts {
  readonly kind: 'pipeline';
  readonly pipeline: Pipeline;
  /** A well-formed text, cut at the added tokens that are no special ones, and normalized. */
  readonly stretches: (text: string) => readonly Stretch[];
}

/** The encoding of one text. */
export interface EncodeWork {
  /** Does a little; returns the share done. */
  step(): number;
  finish(): TokenSequence;
}

/** A faster way to the same tokens, for the texts that it supports. Special tokens are parsed or taken as text. */
export type Shortcut = (text: string, special: 'parse' | 'text') => EncodeWork | undefined;

/** Pieces between two checks of the clock. */
const STEP_PIECES = 64;
/** Points of pieces that are encoded in steps of their own. */
const LONG_PIECE = 2048;

/** A tokenizer as Hugging Face's library understands one: normalizer, pre-tokenizer, model, post-processor. */
export class PipelineTokenizer implements Tokenizer {
  readonly vocabularySize: number;
  readonly #pipeline: Pipeline;
  readonly #added = new Map<number, AddedToken>();
  /** What decoders get for added tokens that are searched for in normalized text: what is searched for. */
  readonly #decoded = new Map<number, string>();
  readonly #finders: Readonly<
    Record<'parse' | 'text', { raw: AddedTokenFinder; normalized: AddedTokenFinder }>
  >;
  readonly #specials: AddedTokenFinder;
  #index: TokenIndex | undefined;

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
    const { addedTokens, model } = pipeline;
    let size = model.size;
    for (const token of addedTokens) {
      this.#added.set(token.id, token);
      size = Math.max(size, token.id + 1);
    }
    this.vocabularySize = size;
    const normalizedContent = (token: AddedToken) => pipeline.normalize(AlignedText.from(token.content)).text;
    const finders = (specialAsText: boolean) => ({
      raw: new AddedTokenFinder(
        addedTokens.filter((token) => !token.normalized),
        (token) => token.content,
        specialAsText,
      ),
      normalized: new AddedTokenFinder(
        addedTokens.filter((token) => token.normalized),
        normalizedContent,
        specialAsText,
      ),
    });
    this.#finders = { parse: finders(false), text: finders(true) };
    for (const token of addedTokens) {
      if (token.normalized) this.#decoded.set(token.id, normalizedContent(token));
    }
    this.#specials = new AddedTokenFinder(
      addedTokens.filter((token) => token.special),
      (token) => token.content,
    );
  }

  /** What it is made of, for cuts of its vocabulary (./cut). */
  get parts(): PipelineParts {
    return { kind: 'pipeline', pipeline: this.#pipeline, stretches: (text) => this.#stretches(text, 'text') };
  }

  get unknownId(): number | undefined {
    return this.#pipeline.model.unknownId;
  }

  encode(text: string, options: EncodeOptions = {}): TokenSequence {
    const job = this.#job(text, options);
    while (job.step() < 1);
    return job.finish();
  }

  async encodeInSlices(
    text: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence> {
    const job = this.#job(text, options);
    await runInSlices(job.step, options);
    return job.finish();
  }

  decode(ids: ArrayLike<number>): Uint8Array {
    const tokens = Array.from(ids, (id) => this.#toDecode(id));
    return bytesOfBinary(decodeWhole(this.#decoder, tokens));
  }

  decodeStream(): DecodeStream {
    let parts: string[] = [];
    const stage = this.#decoder({ push: (part) => parts.push(part), end: () => undefined });
    const take = () => {
      const bytes = bytesOfBinary(parts);
      parts = [];
      return bytes;
    };
    return {
      push: (id) => {
        stage.push(this.#toDecode(id), true);
        return take();
      },
      end: () => {
        stage.end();
        return take();
      },
    };
  }

  tokenBytes(id: number): Uint8Array {
    const token = toBinary(this.tokenOf(id));
    if (this.#added.has(id) || !this.#pipeline.decoder) return bytesOfBinary([token]);
    // After another token, where no decoder removes a leading space or prefix; CTC drops repeated ones.
    const guard = token === 'a' ? 'b' : 'a';
    const alone = decodeWhole(this.#decoder, [guard, token]).join('');
    return bytesOfBinary([alone.slice(guard.length)]);
  }

  token(id: number): TokenEntry | undefined {
    const added = this.#added.get(id);
    const name = added?.content ?? this.#pipeline.model.tokenOf(id);
    if (name === undefined) return undefined;
    return {
      id,
      bytes: this.tokenBytes(id),
      name,
      special: added?.special ?? false,
      added: added !== undefined,
    };
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    this.#index ??= new TokenIndex(this.vocabularySize, (id) => this.token(id)?.bytes);
    const ids = new Set(this.#index.idsOf(typeof token === 'string' ? encodeUtf8(token) : token));
    const spelled = typeof token === 'string' ? this.idOf(token) : undefined;
    if (spelled !== undefined) ids.add(spelled);
    return [...ids].sort((a, b) => a - b);
  }

  /** The token's string as the vocabulary spells it. @throws RangeError for an id outside the vocabulary */
  tokenOf(id: number): string {
    const token = this.#added.get(id)?.content ?? this.#pipeline.model.tokenOf(id);
    if (token === undefined) throw new RangeError(`There is no token with id ${id}.`);
    return token;
  }

  /** The id of a token as the vocabulary spells it; undefined where there is none. */
  idOf(token: string): number | undefined {
    for (const added of this.#added.values()) if (added.content === token) return added.id;
    return this.#pipeline.model.idOf(token);
  }

  trace(input: string, options: TraceOptions = {}): TextTrace | undefined {
    const { model, preTokenize } = this.#pipeline;
    const stretches = this.#stretches(input.toWellFormed(), options.special === 'parse' ? 'parse' : 'text');
    return traceModel(model, { stretches, preTokenize }, options);
  }

  specialsIn(text: string): readonly SpecialCount[] {
    if (!this.#specials.isIn(text)) return [];
    const counts = new Map<string, number>();
    for (const { id } of this.#specials.cut(AlignedText.from(text.toWellFormed()))) {
      if (id !== undefined) counts.set(this.tokenOf(id), (counts.get(this.tokenOf(id)) ?? 0) + 1);
    }
    return Array.from(counts, ([name, count]) => ({ name, count }));
  }

  merged(id: number): MergedToken | undefined {
    return this.#added.has(id) ? undefined : mergedByModel(this.#pipeline.model, id);
  }

  #toDecode(id: number): string {
    return toBinary(this.#decoded.get(id) ?? this.tokenOf(id));
  }

  get #decoder(): Decoder {
    return this.#pipeline.decoder ?? spacingDecoder;
  }

  #stretches(text: string, special: 'parse' | 'text'): Stretch[] {
    const { raw, normalized } = this.#finders[special];
    return raw.cut(AlignedText.from(text)).flatMap((stretch) => {
      if (stretch.id !== undefined) return [stretch];
      return normalized.cut(this.#pipeline.normalize(stretch.text)).filter(({ text }) => text.length > 0);
    });
  }

  #job(input: string, { special = 'text', addSpecialTokens = false }: EncodeOptions): EncodeWork {
    const text = input.toWellFormed();
    if (special === 'error') this.#refuse(text);
    const short = this.#pipeline.shortcut?.(text, special === 'parse' ? 'parse' : 'text');
    const { postProcessor } = this.#pipeline;
    const found = new Map<number, string>();
    const finishTokens = (tokens: TokenSequence): TokenSequence => {
      if (!postProcessor) return tokens;
      const { ids, starts, ends } = postProcessor.process({ ...tokens, found }, addSpecialTokens, text);
      return { ids, starts, ends };
    };
    if (short) return { step: () => short.step(), finish: () => finishTokens(short.finish()) };
    const stretches = this.#stretches(text, special === 'parse' ? 'parse' : 'text');
    const out = new SpanWriter(text.length >> 2);
    const total = Math.max(1, stretches.length);
    let next = 0;
    let pieces: AlignedText[] = [];
    let piece = 0;
    let long: Steps<void> | undefined;
    const share = (ofPiece: number) =>
      Math.min(0.999, (next - 1 + (piece + ofPiece) / Math.max(1, pieces.length)) / total);
    const step = () => {
      for (let budget = STEP_PIECES; budget > 0; budget--) {
        if (long) {
          const { done, value } = long.next();
          if (!done) return share(value);
          long = undefined;
          piece++;
          continue;
        }
        if (piece < pieces.length) {
          long = this.#encodePiece(pieces[piece]!, out);
          if (!long) piece++;
          continue;
        }
        const stretch = stretches[next++];
        if (!stretch) return 1;
        pieces = [];
        piece = 0;
        if (stretch.id === undefined) pieces = this.#pipeline.preTokenize(stretch.text);
        else {
          if (postProcessor) found.set(out.count, stretch.text.text);
          out.push(stretch.id, stretch.text.starts[0]!, stretch.text.ends[stretch.text.length - 1]!);
        }
      }
      return share(0);
    };
    return { step, finish: () => finishTokens(out.finish()) };
  }

  /** Encodes a piece, or returns the steps that encode a long one. */
  #encodePiece(piece: AlignedText, out: SpanWriter): Steps<void> | undefined {
    const { model } = this.#pipeline;
    const emit: EmitToken = (id, from, to) => {
      out.push(id, originalStart(piece, from), originalEnd(piece, to));
    };
    if (piece.length > LONG_PIECE && model.tokenizeInSteps) return model.tokenizeInSteps(piece, emit);
    model.tokenize(piece, emit);
    return undefined;
  }

  #refuse(text: string): void {
    const found = this.#specials.cut(AlignedText.from(text)).find(({ id }) => id !== undefined);
    if (!found) return;
    throw new TokenoscopeError(
      'special-token',
      `The text contains the special token ${this.tokenOf(found.id!)} at byte ${found.text.base}.`,
      'Choose to parse special tokens or to treat them as text.',
    );
  }
}
