import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { labs } from '../labs/registry';
import { App } from './App';
import { browserAddressBar } from './address-bar';
import { workOffline } from './offline';
import { watchPageDrops } from './page-drops';
import { keepPreferences } from './preferences';
import { createSettings } from './settings';
import { Shell } from './shell';
import { ShellContext } from './shell-context';

function start(): void {
  const settings = createSettings();
  const shell: Shell = new Shell({
    labs,
    host: { settings, openLink: (hash) => shell.openLink(hash) },
    address: browserAddressBar,
  });
  keepPreferences(settings, () => shell.store.setState({ storageRefused: true }));
  void shell.start();
  watchPageDrops(shell);
  workOffline(shell);

  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no element with id "root".');
  createRoot(root).render(
    <StrictMode>
      <ShellContext value={shell}>
        <App />
      </ShellContext>
    </StrictMode>,
  );
}

// A header says the same where the host or the service worker sends it; not all do.
if (window.top !== window) void import('./framed/refuse').then(({ refuse }) => refuse());
else if (crossOriginIsolated) start();
else void import('./isolate').then(({ isolate }) => isolate()).then((reloads) => reloads || start());
