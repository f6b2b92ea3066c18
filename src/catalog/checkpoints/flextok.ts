import type { PublishedSeries } from '../checkpoints';

/** github.com/apple/ml-flextok: README.md (model zoo), LICENSE_WEIGHTS (sections 1 and 2). */
export const series: PublishedSeries = {
  id: 'flextok',
  label: 'FlexTok',
  says: 'Any number of its 256 tokens draws a picture, which a flow makes out of noise in steps: few tokens invent more.',
  drawnBy: 'the decoder of an autoencoder with 16 channels (KL), which draws what the flow has made',
  family: 'flextok',
  paper: {
    title: 'FlexTok: Resampling Images into 1D Token Sequences of Flexible Length',
    year: 2025,
    url: 'https://arxiv.org/abs/2502.13967',
  },
  licence: {
    name: 'Apple Machine Learning Research Model License',
    url: 'https://github.com/apple/ml-flextok/blob/main/LICENSE_WEIGHTS',
    terms:
      '“Research Purposes” means non-commercial scientific research and academic development activities, such as experimentation, analysis, testing conducted by You with the sole intent to advance scientific knowledge and research. “Research Purposes” does not include any commercial exploitation, product development or use in any commercial product or service.',
  },
  order: 60,
  checkpoints: [
    {
      label: 'FlexTok d12-d12',
      tokens: 256,
      source: { kind: 'hub', repository: 'EPFL-VILAB/flextok_d12_d12_in1k' },
    },
    {
      label: 'FlexTok d18-d18',
      tokens: 256,
      source: { kind: 'hub', repository: 'EPFL-VILAB/flextok_d18_d18_in1k' },
    },
  ],
};
