import { packedText } from '../catalog/packed-text';
import type { ExperimentSample } from './experiment';

/** The same 600 sentences of news in three languages (NTREX-128). Their terms are in src/catalog/corpora/README.md. */
export const news: readonly ExperimentSample[] = [
  {
    id: 'news-eng',
    label: 'News, English',
    load: () => packedText(() => import('../catalog/corpora/news-eng.pack?url&inline')),
  },
  {
    id: 'news-deu',
    label: 'News, German',
    load: () => packedText(() => import('../catalog/corpora/news-deu.pack?url&inline')),
  },
  {
    id: 'news-zho',
    label: 'News, Chinese',
    load: () => packedText(() => import('../catalog/corpora/news-zho.pack?url&inline')),
  },
];
