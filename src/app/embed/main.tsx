import '../../ui/base.css';
import './page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { LabHost } from '../../labs/lab';
import { labs } from '../../labs/registry';
import { createSettings } from '../settings';
import { EmbedPage } from './EmbedPage';
import { EmbeddedExperiment } from './embedded-experiment';
import { reportHeight } from './report-height';

// No service worker, and nothing kept: a frame on another page is not the place to decide for its visitors.
const host: LabHost = {
  settings: createSettings(),
  alone: true,
  openLink: (hash) => void experiment.open(hash),
  // Only the page about the tool offers to open files, and it is no experiment.
  openFile: () => {},
};
const experiment: EmbeddedExperiment = new EmbeddedExperiment(labs, host);
void experiment.open(location.hash);
window.addEventListener('hashchange', () => void experiment.open(location.hash));

const root = document.getElementById('root');
if (!root) throw new Error('embed.html has no element with id "root".');
createRoot(root).render(
  <StrictMode>
    <EmbedPage experiment={experiment} />
  </StrictMode>,
);
reportHeight(root);
