import type { CheckpointSource, PublishedSeries } from '../checkpoints';

/** github.com/SilentView/GigaTok: README.md (table of checkpoints), configs/vq/VQ_SS256.yaml and its neighbours, LICENSE. */
export const series: PublishedSeries = {
  id: 'gigatok',
  label: 'GigaTok',
  says: 'Convolutions around a transformer that asks with 256 queries: one of the first series to be scaled up.',
  family: 'gigatok',
  paper: {
    title: 'GigaTok: Scaling Visual Tokenizers to 3 Billion Parameters for Autoregressive Image Generation',
    year: 2025,
    url: 'https://arxiv.org/abs/2504.08736',
  },
  licence: { name: 'MIT', url: 'https://github.com/SilentView/GigaTok/blob/main/LICENSE' },
  order: 50,
  checkpoints: [
    {
      label: 'GigaTok S-S',
      tokens: 256,
      rfid: 1.01,
      source: drive('1Q_WHCT6mdNnu0GkHCm0CbXaP6kFeTe5h', 'VQ_SS256_e100.pt'),
    },
    {
      label: 'GigaTok S-B',
      tokens: 256,
      rfid: 0.89,
      source: drive('17K-h2Jwep53RUEf6CEOV3ro7Cz_DaIWC', 'VQ_SB256_e200.pt'),
    },
    {
      label: 'GigaTok B-L',
      tokens: 256,
      rfid: 0.81,
      source: drive('1VnBu4aj0N7lFa1_wKBdTgLNZmaNgFvwi', 'VQ_BL256_e200.pt'),
    },
  ],
};

/** A file as the table of checkpoints links it. */
function drive(id: string, file: string): CheckpointSource {
  return { kind: 'page', url: `https://drive.google.com/file/d/${id}/view`, host: 'Google Drive', file };
}
