import { createElement } from 'react';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import { formatBytes } from '../../ui/format';
import type { LabChange, LabHost, LabInstance } from '../lab';
import { ImageLab } from './ImageLab';
import { applyImageExperiment, imageExperiment } from './link';
import { linkFormat } from './link-format';
import { modelLabel, useCheckpoints } from './models';
import { isStep } from './steps';
import { type ImageLabState, useImageLab } from './store';

/** The keys whose changes a link would show. */
const LINKED = [
  'model',
  'second',
  'k',
  'source',
  'ids',
  'wanted',
  'view',
  'steps',
  'seed',
  'shownModel',
] as const;

/** An image lab. */
export function create(_host: LabHost): LabInstance {
  const now = () => imageExperiment(useImageLab.getState());
  return {
    render: () => createElement(ImageLab),
    write: () => linkFormat.write(now()),
    open(part) {
      const problems: string[] = [];
      applyImageExperiment(linkFormat.read(part, problems));
      return problems;
    },
    onChange(listener) {
      let latest = now();
      const tell = (state: ImageLabState, previous: ImageLabState) => {
        if (LINKED.every((key) => Object.is(state[key], previous[key]))) return;
        const next = now();
        const failed = state.problem !== null && state.problem !== previous.problem;
        const change: LabChange = failed ? 'correction' : isStep(latest, next) ? 'step' : 'edit';
        latest = next;
        listener(change);
      };
      const stops = [
        useImageLab.subscribe(tell),
        useCheckpoints.subscribe((state, previous) => {
          if (state.linked !== previous.linked) listener('correction');
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    describe,
    dispose() {},
  };
}

function describe(): string[] {
  const image = imageExperiment(useImageLab.getState());
  const contents: string[] = [];
  if (image.source?.kind === 'sample')
    contents.push(`The sample picture “${image.source.id}” at k = ${image.k}.`);
  if (image.source?.kind === 'tokens') {
    const { ids, bits } = image.source;
    const size = formatBytes(Math.ceil((ids.length * bits) / 8));
    contents.push(
      `Your picture as its ${ids.length} tokens (${size}), at k = ${image.k}. The original is not in it.`,
    );
  }
  const checkpoints = [image.model, image.second ?? ''].filter(isCheckpointId).map(modelLabel);
  if (checkpoints.length > 0) {
    contents.push(
      `The name of ${checkpoints.join(' and ')}: whoever opens the link needs the weights as well.`,
    );
  }
  return contents;
}
