import { TokenoscopeError } from '../../../core/errors';
import type { LoadProgress } from '../../../engine/rpc/protocol';
import { fitsSize, type ImageFacts } from '../../../measures/image-facts';
import type { ImageLab } from '../image-lab';
import type { NeedModel, NeedQuestion } from './need-model';
import type { PagePicture } from './needing-state';
import { measureOf } from './protocol';

type Tools = Pick<ImageLab, 'engine' | 'models' | 'store' | 'distanceTools'>;

/**
 * A model of the lab for measuring pictures. Its decodes wait for those that the visitor waits for.
 * @throws TokenoscopeError what opening a model throws; `model-run` where the measure does not take its pictures
 */
export async function openPageModel(
  { engine, models, store, distanceTools }: Tools,
  id: string,
  question: NeedQuestion,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
): Promise<NeedModel<PagePicture>> {
  const { manifest, hash } = await engine.open(id, { signal, onProgress });
  const measure = measureOf(question.measure);
  if (measure.cost === 'dear' && !fitsSize(measure, manifest.image)) throw misfit(manifest.label, measure);
  const sampling = models.samplingOf(id, store.getState());
  const backends = new Set<string>();
  const noteBackend = () => {
    const report = engine.report(id);
    if (report)
      backends.add(
        report.backend === 'wasm'
          ? `WASM, ${report.threads} ${report.threads === 1 ? 'thread' : 'threads'}`
          : report.reason,
      );
  };
  noteBackend();
  return {
    id,
    label: models.label(id),
    hash,
    image: manifest.image,
    tokens: manifest.tokens,
    sampling,
    get backend() {
      return [...backends].join(', then ');
    },
    async encode({ file }, aborted) {
      const { ids, original, source } = await engine.encode(id, file, { signal: aborted });
      noteBackend();
      return {
        ids,
        source,
        async qualityAt(k, stop) {
          const job = { ids, k, sampling, original: measure.cost === 'cheap' ? original : undefined };
          const frame = await engine.decode(id, job, { signal: stop, background: true });
          if (measure.cost === 'cheap') return frame.metrics[measure.id]!;
          const pair = { width: frame.width, height: frame.height, a: original, b: frame.rgba };
          const value = await distanceTools.measuring().measure(measure.id, pair, { signal: stop });
          if (value === null) throw misfit(manifest.label, measure);
          return value;
        },
      };
    },
  };
}

function misfit(label: string, measure: ImageFacts): TokenoscopeError {
  if (measure.cost === 'dear' && measure.absent) return new TokenoscopeError('not-an-image', measure.absent);
  return new TokenoscopeError(
    'model-run',
    `${measure.label} does not take the pictures of ${label}: it is for another size.`,
    'Choose another measure, or another model.',
  );
}
