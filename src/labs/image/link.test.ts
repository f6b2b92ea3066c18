import { describe, expect, it } from 'vitest';
import { bundledModels } from '../../engine/image/models';
import { applyImageExperiment, imageExperiment } from './link';
import { type ImageLabState, useImageLab } from './store';

const model = bundledModels.find(({ id }) => id === useImageLab.getInitialState().model)!;
const ids = Uint32Array.from({ length: model.tokens.count }, (_, i) => i);
const at = (state: Partial<ImageLabState>): ImageLabState => ({ ...useImageLab.getInitialState(), ...state });

describe('imageExperiment', () => {
  it('names the sample of a first visit before it is open', () => {
    const { source, modelHash } = imageExperiment(at({}));
    expect(source?.kind).toBe('sample');
    expect(modelHash).toBe(model.hash);
  });

  it('turns a picture from disk into its tokens', () => {
    const source = { kind: 'file', name: 'mine.png', bytes: 9 } as const;
    expect(imageExperiment(at({ source, ids, wanted: null })).source).toEqual({
      kind: 'tokens',
      ids,
      bits: model.tokens.bits,
    });
  });

  it('keeps the picture on screen while a file is being opened', () => {
    const wanted = { kind: 'file', name: 'next.png', bytes: 9 } as const;
    const source = { kind: 'sample', id: 'cat' } as const;
    expect(imageExperiment(at({ source, ids, wanted })).source).toEqual(source);
  });

  it('never gives the ids of one model to another that is still loading', () => {
    const source = { kind: 'file', name: 'mine.png', bytes: 9 } as const;
    const small = bundledModels.find(({ tokens }) => tokens.bits < model.tokens.bits)!;
    const loading = at({ source, wanted: source, ids, shownModel: model.id, model: small.id });
    expect(imageExperiment(loading)).toMatchObject({
      model: model.id,
      modelHash: model.hash,
      source: { kind: 'tokens', ids, bits: model.tokens.bits },
    });
  });

  it('packs ids of a model that is gone as wide as they need', () => {
    const source = { kind: 'file', name: 'mine.png', bytes: 9 } as const;
    const gone = at({ source, wanted: null, ids: Uint32Array.of(1 << 17, 3), shownModel: 'gone' });
    expect(imageExperiment(gone).source).toMatchObject({ bits: 18 });
  });

  it('names the model beside it only where the picture itself is at hand', () => {
    const sample = { kind: 'sample', id: 'cat' } as const;
    const file = { kind: 'file', name: 'mine.png', bytes: 9 } as const;
    const second = 'other';
    expect(imageExperiment(at({ source: sample, wanted: null, second })).second).toBe(second);
    expect(imageExperiment(at({ source: file, ids, wanted: null, second })).second).toBeUndefined();
  });

  it('passes on which version of the model made the tokens of a link', () => {
    const source = { kind: 'tokens', ids, bits: 16, modelHash: 'cafe0123' } as const;
    expect(imageExperiment(at({ source, ids, wanted: null })).modelHash).toBe('cafe0123');
  });
});

describe('applyImageExperiment', () => {
  it('asks for what the link says, and does nothing the second time', () => {
    const experiment = {
      model: model.id,
      modelHash: model.hash,
      view: 'side',
      k: 7,
      source: { kind: 'tokens', ids, bits: model.tokens.bits },
    } as const;
    applyImageExperiment(experiment);
    const state = useImageLab.getState();
    expect(imageExperiment(state)).toEqual(experiment);
    applyImageExperiment({ ...experiment, source: { ...experiment.source, ids: ids.slice() } });
    expect(useImageLab.getState()).toBe(state);
    applyImageExperiment({ ...experiment, k: 8 });
    expect(useImageLab.getState()).toEqual({ ...state, k: 8 });
  });

  it('clamps k to the model', () => {
    applyImageExperiment({
      model: model.id,
      modelHash: '',
      view: 'wipe',
      k: 100_000,
      source: { kind: 'sample', id: 'cat' },
    });
    expect(useImageLab.getState()).toMatchObject({ k: model.tokens.count, view: 'wipe' });
  });
});
