import { samples } from '../../catalog/pictures';
import { isAborted, TokenoscopeError } from '../../core/errors';
import type { ModelDescription } from '../../core/image/manifest';
import { ImageEngine } from '../../engine/image/image.client';
import type { LoadProgress } from '../../engine/rpc/protocol';
import { setReport, useSettings } from '../settings/store';
import type { OpenPicture } from './pictures';
import type { ImageSource } from './store';

/** The engine under the backend that is chosen in the settings, now and later. */
export function startEngine(onBackendChange: () => void): ImageEngine {
  const engine = new ImageEngine({ choice: useSettings.getState().backend, onReport: setReport });
  useSettings.subscribe((state, previous) => {
    if (state.backend === previous.backend) return;
    engine.setChoice(state.backend);
    onBackendChange();
  });
  return engine;
}

/** A change in how far loading is. */
interface LoadStep {
  readonly phase?: 'encoding';
  readonly progress: LoadProgress | null;
}

/** What is to be loaded: a picture by a model. */
interface LoadRequest {
  readonly model: string;
  readonly source: ImageSource;
  /** The file of a source of kind "file". */
  readonly file: Blob | undefined;
}

/**
 * Opens the model, fetches a sample, and makes tokens of a picture.
 * @param onStep told when a phase begins and how a download goes on
 * @throws TokenoscopeError what the engine throws; `model-fetch` for a sample; `link-invalid` for ids that do not fit
 */
export async function loadPicture(
  engine: ImageEngine,
  { model, source, file }: LoadRequest,
  signal: AbortSignal,
  onStep: (step: LoadStep) => void,
): Promise<OpenPicture> {
  const onProgress = (progress: LoadProgress) => onStep({ progress });
  const sample = source.kind === 'sample' ? fetchSample(source.id, signal) : undefined;
  sample?.catch(() => {}); // awaited below; until then a failure is not unhandled
  const { manifest, hash } = await engine.open(model, { signal, onProgress });
  if (source.kind === 'tokens') return pictureOfTokens(manifest, hash, source);
  onStep({ phase: 'encoding', progress: null });
  const blob = sample ? (await sample).blob : file;
  if (!blob) throw new TokenoscopeError('internal', 'The picture is gone.', 'Open it again.');
  const { ids, original, source: size, notes } = await engine.encode(model, blob, { signal, onProgress });
  const label = sample
    ? (await sample).label
    : source.kind === 'file' && source.name
      ? source.name
      : 'Pasted picture';
  const { width, height } = manifest.image;
  return { model, source, label, ids, width, height, original, size, notes, file: blob };
}

function pictureOfTokens(
  { id: model, label, image, tokens }: ModelDescription,
  hash: string,
  source: Extract<ImageSource, { kind: 'tokens' }>,
): OpenPicture {
  const { ids, modelHash } = source;
  if (ids.length !== tokens.count || ids.some((id) => id >= tokens.codebookSize)) {
    throw new TokenoscopeError(
      'link-invalid',
      `The tokens of this link do not fit ${label}, which has ${tokens.count} of them, each below ${tokens.codebookSize}.`,
      'Ask for the link again, or open a picture of your own.',
    );
  }
  const foreign = {
    code: 'foreign',
    text: `Made with another version of ${label}: the picture may look wrong here.`,
  };
  const notes = modelHash !== '' && modelHash !== hash ? [foreign] : [];
  const { width, height } = image;
  return {
    model,
    source,
    label: 'Picture from a link',
    ids,
    width,
    height,
    original: null,
    size: null,
    notes,
    file: null,
  };
}

async function fetchSample(id: string, signal: AbortSignal): Promise<{ blob: Blob; label: string }> {
  const sample = samples.find((entry) => entry.id === id);
  if (!sample) {
    throw new TokenoscopeError(
      'link-invalid',
      `There is no sample called "${id}".`,
      'Choose one of the samples above.',
    );
  }
  const response = await fetch(new URL(sample.file, document.baseURI), { signal }).catch((error: unknown) => {
    if (isAborted(error)) throw error;
    return undefined;
  });
  if (!response?.ok) {
    throw new TokenoscopeError(
      'model-fetch',
      `The sample "${sample.label}" could not be loaded.`,
      'Check the connection and try again, or open a picture of your own.',
    );
  }
  return { blob: await response.blob(), label: sample.label };
}
