import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startLinkSync } from './link-sync';
import { workOffline } from './offline';
import { keepPreferences } from './preferences';

keepPreferences();
startLinkSync();
workOffline();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with id "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
