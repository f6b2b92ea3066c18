import { checkpointHash } from '../../core/image/checkpoint-id';
import { setSampling } from './draw';
import type { ImageExperiment } from './experiment';
import { findModel, namesForLink, useCheckpoints } from './models';
import { samplingForLink } from './sampling';
import { holdStill, openFromLink, setK, setModel } from './session';
import { sameSource } from './steps';
import { type ImageLabState, type ImageSource, setView, useImageLab } from './store';

/** What the lab shows, or is about to, as a link holds it: a picture from disk travels as its tokens. */
export function imageExperiment(state: ImageLabState): ImageExperiment {
  const source = state.wanted && state.wanted.kind !== 'file' ? state.wanted : state.source;
  // A picture from disk is the tokens that are on screen, and those belong to the model that made them.
  const id = (source?.kind === 'file' && state.shownModel) || state.model;
  const model = findModel(id);
  const second = travels(source) ? state.second : null;
  const checkpointNames = namesForLink(id, second);
  return {
    model: id,
    ...(second === null ? {} : { second }),
    ...(checkpointNames ? { checkpointNames } : {}),
    // A link's tokens keep the version they were made with, also when the link is passed on.
    modelHash: (source?.kind === 'tokens' && source.modelHash) || (model?.hash ?? checkpointHash(id)),
    k: Math.min(state.k, source?.kind === 'file' ? (state.ids?.length ?? state.k) : state.k),
    view: state.view,
    ...samplingForLink(state, id, second),
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
      return ids ? { kind: 'tokens', ids, bits: Math.max(bits, bitsFor(ids)) } : null;
    default:
      return null;
  }
}

/** Bits that the largest id takes: a model that was deleted meanwhile no longer says. */
function bitsFor(ids: Uint32Array): number {
  return 32 - Math.clz32(ids.reduce((most, id) => Math.max(most, id), 1));
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
