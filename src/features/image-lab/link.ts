import { checkpointHash } from '../../core/image/checkpoint-id';
import type { ImageExperiment } from '../../core/permalink/experiment';
import { setSampling } from './draw';
import { findModel, namesForLink, useCheckpoints } from './models';
import { sameIds } from './pictures';
import { samplingForLink } from './sampling';
import { holdStill, openFromLink, setK, setModel } from './session';
import { type ImageLabState, type ImageSource, setView, useImageLab } from './store';

/** What the lab shows, or is about to, as a link holds it: a picture from disk travels as its tokens. */
export function imageExperiment(state: ImageLabState): ImageExperiment {
  const model = findModel(state.model);
  const source = state.wanted && state.wanted.kind !== 'file' ? state.wanted : state.source;
  const second = travels(source) ? state.second : null;
  const checkpointNames = namesForLink(state.model, second);
  return {
    model: state.model,
    ...(second === null ? {} : { second }),
    ...(checkpointNames ? { checkpointNames } : {}),
    // A link's tokens keep the version they were made with, also when the link is passed on.
    modelHash:
      (source?.kind === 'tokens' && source.modelHash) || (model?.hash ?? checkpointHash(state.model)),
    k: state.k,
    view: state.view,
    ...samplingForLink(state, state.model, second),
    source: linkSource(source, state.ids, model?.tokens.bits ?? 16),
  };
}

/** Whether who opens the link has the picture itself, and not only one model's tokens of it. */
function travels(source: ImageSource | null): boolean {
  return source?.kind === 'sample';
}

function linkSource(
  source: ImageSource | null,
  ids: Uint32Array | null,
  bits: number,
): ImageExperiment['source'] {
  switch (source?.kind) {
    case 'sample':
      return { kind: 'sample', id: source.id };
    case 'tokens':
      return { kind: 'tokens', ids: source.ids, bits: source.bits };
    case 'file':
      return ids ? { kind: 'tokens', ids, bits } : null;
    default:
      return null;
  }
}

/** Brings the lab to what a link says. Does nothing where it shows that already; moves only k where only k differs. */
export function applyImageExperiment(experiment: ImageExperiment): void {
  holdStill();
  const now = imageExperiment(useImageLab.getState());
  const {
    model,
    modelHash,
    second = null,
    checkpointNames,
    k,
    view,
    steps = null,
    seed = 0,
    source,
  } = experiment;
  if (checkpointNames) {
    useCheckpoints.setState(({ linked }) => ({ linked: { ...linked, ...checkpointNames } }));
  }
  if (source?.kind !== 'tokens' && second !== (now.second ?? null)) useImageLab.setState({ second });
  if (view !== useImageLab.getState().view) setView(view);
  setSampling(steps, seed);
  if (source && (model !== now.model || !sameSource(source, now.source))) {
    openFromLink(model, source.kind === 'tokens' ? { ...source, modelHash } : source, k);
    return;
  }
  setModel(model);
  setK(k);
}

function sameSource(a: NonNullable<ImageExperiment['source']>, b: ImageExperiment['source']): boolean {
  if (a.kind === 'sample') return b?.kind === 'sample' && a.id === b.id;
  return b?.kind === 'tokens' && sameIds(a.ids, b.ids);
}
