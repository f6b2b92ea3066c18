import { isAborted, TokenoscopeError, throwIfAborted } from '../../../core/errors';
import { findNeed, type Need, type NeedMethod } from '../../../core/image/need';
import { prefixTicks } from '../../../engine/image/prefix-player';
import type { NeedModel, NeedQuestion } from './need-model';

/** What one model makes of one picture. */
export interface ModelNeed extends Need {
  readonly ids: Uint32Array;
  /** Quality at the model's ticks, 1, 2, 4, ... K; only K for a model whose prefixes do not decode. */
  readonly curve: readonly { readonly k: number; readonly quality: number }[];
}

/** A measured picture. */
export interface PictureNeed {
  /** Place in the list of pictures. */
  readonly index: number;
  readonly name: string;
  /** Of the file. */
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  /** By model, in their order. */
  readonly needs: readonly ModelNeed[];
}

/** A file that could not be measured. */
export interface BrokenPicture {
  readonly index: number;
  readonly name: string;
  readonly bytes: number;
  /** In a sentence. */
  readonly reason: string;
}

/** A picture to measure. */
export interface NamedPicture<P> {
  readonly name: string;
  readonly bytes: number;
  readonly picture: P;
}

/** Which files, by which models, and who is told. */
export interface MeasureJob<P> {
  readonly pictures: readonly NamedPicture<P>[];
  readonly models: readonly NeedModel<P>[];
  readonly question: NeedQuestion;
  readonly method: NeedMethod;
  readonly signal: AbortSignal;
  /** The picture that is begun with; an earlier run ended there. */
  readonly from?: number;
  readonly onPicture: (picture: PictureNeed) => void;
  readonly onBroken: (picture: BrokenPicture) => void;
}

/**
 * Measures pictures one after the other, so that memory holds one of them whatever their number. A file that cannot be
 * opened is reported and skipped.
 * @throws TokenoscopeError `aborted`, and where a model fails, which the next picture would meet as well
 */
export async function measurePictures<P>(job: MeasureJob<P>): Promise<void> {
  const { pictures, models, signal, from = 0, onPicture, onBroken } = job;
  for (let index = from; index < pictures.length; index++) {
    throwIfAborted(signal);
    const { name, bytes, picture } = pictures[index]!;
    try {
      const needs: ModelNeed[] = [];
      let size = { width: 0, height: 0 };
      for (const model of models) {
        const { source, need } = await needOf(model, picture, job);
        size = source;
        needs.push(need);
      }
      onPicture({ index, name, bytes, width: size.width, height: size.height, needs });
    } catch (error) {
      if (isAborted(error) || !isOfPicture(error)) throw error;
      onBroken({ index, name, bytes, reason: error.message });
    }
  }
}

async function needOf<P>(
  model: NeedModel<P>,
  picture: P,
  { question: { better, value }, method, signal }: Pick<MeasureJob<P>, 'question' | 'method' | 'signal'>,
) {
  const { ids, source, qualityAt } = await model.encode(picture, signal);
  const count = ids.length;
  const { ordered } = model.tokens;
  const ticks = ordered ? prefixTicks(count) : [count];
  const known = new Map<number, number>();
  const at = async (k: number) => {
    throwIfAborted(signal);
    const quality = known.get(k) ?? (await qualityAt(k, signal));
    known.set(k, quality);
    return quality;
  };
  const target = { better, value };
  const found = await findNeed({ count, ordered, target, method, ticks, qualityAt: at });
  const curve = [];
  for (const k of ticks) curve.push({ k, quality: await at(k) });
  return { source, need: { ...found, ids, curve } satisfies ModelNeed };
}

/** Whether a failure is the file's own. */
function isOfPicture(error: unknown): error is TokenoscopeError {
  if (!(error instanceof TokenoscopeError)) return false;
  return /^(not-an-image|image-truncated|image-too-large|file-unreadable|internal)$/.test(error.code);
}
