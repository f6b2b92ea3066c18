import { dropAlpha, toRgba } from '../../core/image/convert';
import type { RgbImage } from '../../core/image/pixels';
import type { Sampling } from '../../core/image/sampling';
import { measure } from '../../measures/image-measures';
import type { Backend } from '../host/backend';
import type { Runtime } from '../ort/runtime';
import type { CallContext, Handlers } from '../rpc/server';
import { putReference, readReference } from '../storage/checkpoint-store';
import type { Frame, ImageApi, StepProgress } from './image.api';
import type { ImageDecoder } from './model';
import { openModels } from './open-models';
import { readPicture } from './read-picture';
import { computeReference } from './reference';

/** What to draw. */
interface DrawJob {
  readonly ids: Uint32Array;
  readonly k: number;
  readonly sampling?: Sampling | undefined;
  /** Whether a rough picture will do. */
  readonly mayBeRough: boolean;
  /** Whether the decoder is not the model's own yet. */
  readonly isDraft: boolean;
}

/** A picture, and the same as it is sent, not measured yet. */
interface Drawn {
  readonly image: RgbImage;
  readonly frame: Frame;
}

/**
 * The image workers' handlers over one runtime, which starts with the first model. Models are opened once, by
 * whichever method needs them first.
 */
export function imageHandlers(backend: Backend, start: () => Promise<Runtime>): Handlers<ImageApi> {
  const models = openModels(backend, start);
  const sameOriginal = lastOriginal();

  async function draw(
    decoder: ImageDecoder,
    { ids, k, sampling, mayBeRough, isDraft }: DrawJob,
    { signal, progress }: Pick<CallContext<StepProgress>, 'signal' | 'progress'>,
  ): Promise<Drawn> {
    const began = performance.now();
    const sketch = mayBeRough && k > 0 ? await decoder.sketch?.(ids, k, signal) : undefined;
    const onStep = (step: number, of: number) => progress({ step, of });
    const image = sketch ?? (await decoder.decode(ids, k, { ...sampling, none: k === 0, signal, onStep }));
    const ms = performance.now() - began;
    const { width, height } = image;
    const isRough = sketch !== undefined;
    const rgba = toRgba(image);
    return { image, frame: { k, width, height, rgba, sampling, metrics: {}, ms, isDraft, isRough } };
  }

  /** Undefined where it cannot be drawn: who asks for it then is told why. */
  function drawFirst(
    decoder: ImageDecoder,
    ids: Uint32Array,
    show: number,
    isDraft: boolean,
    signal: AbortSignal,
  ): Promise<Drawn | undefined> {
    const job = { ids, k: Math.min(show, ids.length), mayBeRough: false, isDraft };
    return draw(decoder, job, { signal, progress: () => {} }).catch(() => undefined);
  }

  return {
    async open({ mayDraft = false, ...args }, context) {
      const { model, info } = await models.open(args, context, mayDraft);
      if (!mayDraft) await models.whole(args, model, context.signal);
      return info;
    },

    async encode(args, context) {
      const { model, info } = await models.open(args, context);
      const began = performance.now();
      const { image, source, notes } = await readPicture(
        args.picture,
        args.name,
        info.manifest.image,
        context.signal,
        { declared: args.size, crop: args.crop },
      );
      const known = model.known(image);
      // What needs no encoder yet may be drawn without onnxruntime as well.
      const whole = known ? undefined : await models.whole(args, model, context.signal);
      const original = toRgba(image);
      const { show } = args;
      const drawing = whole ?? model.draft;
      let first: Drawn | undefined;
      const onBegin = async (found: Uint32Array) => {
        if (!show || !drawing || show > found.length) return;
        first = await drawFirst(drawing, found, show, drawing !== whole, context.signal);
        if (first) context.progress({ begun: first.frame, original });
      };
      if (known) await onBegin(known);
      const ids = known ?? (await whole!.encode(image, context.signal, onBegin));
      if (show && whole) first ??= await drawFirst(whole, ids, show, false, context.signal);
      if (first) context.transfer(first.frame.rgba.buffer);
      context.transfer(original.buffer);
      return {
        ids,
        first: first && { ...first.frame, metrics: measure(sameOriginal(image), first.image) },
        source: { ...source, bytes: args.bytes },
        original,
        notes,
        ms: performance.now() - began,
      };
    },

    async decode(args, context) {
      const { model, info } = await models.open(args, context);
      const { ids, k, sampling, mayDraft = false, original: rgba } = args;
      const draft = mayDraft ? model.draft : undefined;
      const decoder = draft ?? (await models.whole(args, model, context.signal));
      const job = { ids, k, sampling, mayBeRough: mayDraft, isDraft: draft !== undefined };
      const { image, frame } = await draw(decoder, job, context);
      context.transfer(frame.rgba.buffer);
      // What a rough picture measures says nothing of the model.
      if (!rgba || frame.isRough) return frame;
      const original = dropAlpha({ ...info.manifest.image, data: rgba });
      return { ...frame, metrics: measure(sameOriginal(original), image) };
    },

    async reference(args, context) {
      if (await readReference(args.model)) return false;
      const { model } = await models.open(args, context);
      await putReference(args.model, await computeReference(await model.whole(), context.signal));
      models.close(args);
      return true;
    },

    async pace(_args, { signal }) {
      const [running, { measurePace }] = await Promise.all([models.runtime(), import('./pace')]);
      return await measurePace(running, backend, signal);
    },

    async close(args) {
      models.close(args);
      return null;
    },
  };
}

/**
 * The original of a frame: the same object as long as its pixels are, so that measures reuse what they computed of it. A
 * frame's original arrives as a copy of its own.
 */
function lastOriginal(): (image: RgbImage) => RgbImage {
  let last: RgbImage | undefined;
  return (image) => {
    if (!last || !samePixels(last, image)) last = image;
    return last;
  };
}

function samePixels(a: RgbImage, b: RgbImage): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  for (let i = 0; i < a.data.length; i++) if (a.data[i] !== b.data[i]) return false;
  return true;
}
