import type { PublishedSeries } from '../checkpoints';

/** github.com/ShivamDuggal4/karl: README.md (table of checkpoints), kolmogorov_tokenizers/configs/karl_vqgan.yaml. */
export const series: PublishedSeries = {
  id: 'karl',
  label: 'KARL',
  says: 'Says itself how many tokens a picture needs for a quality, in one pass; the decoder of a VQGAN draws the pixels.',
  drawnBy:
    'the decoder of MAGE’s VQGAN, fine-tuned with KARL and part of this file; its files over a variational autoencoder, and those with continuous tokens, do not run here',
  family: 'karl',
  paper: {
    title: 'Single-pass Adaptive Image Tokenization for Minimum Program Search',
    year: 2025,
    url: 'https://arxiv.org/abs/2507.07995',
  },
  licence: {
    name: 'none is given: its authors keep all rights',
    url: 'https://github.com/ShivamDuggal4/karl',
    terms:
      'Its repository has no licence. What you may do with the weights beyond what the law of your country allows anyway, only its authors can say.',
  },
  order: 70,
  checkpoints: [
    {
      label: 'KARL small, VQGAN',
      tokens: 256,
      source: {
        kind: 'page',
        url: 'https://www.dropbox.com/scl/fi/4a2zwpceavl92ij56ja3m/karl_small_vqgan_quantized_latents.pth?rlkey=lc49wt2igsdhzfrqwvl62q30z&st=j3f9up9q&dl=0',
        host: 'Dropbox',
        file: 'karl_small_vqgan_quantized_latents.pth',
      },
    },
  ],
};
