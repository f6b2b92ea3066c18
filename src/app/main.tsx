import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { labs } from '../labs/registry';
import { App } from './App';
import { BrowserAddressBar } from './address-bar';
import { keepPreferences } from './preferences';
import { createSettings } from './settings';
import { Shell } from './shell';
import { ShellContext } from './shell-context';

const loadOpeners = () => import('./lesson/open');

function start(): void {
  const settings = createSettings();
  const shell: Shell = new Shell({
    labs,
    host: {
      settings,
      openLink: (hash) => shell.openLink(hash),
      openFile: (file) => void shell.openFile(file),
      giveFile: async (lab, file) => (await import('./give-file')).giveFile(shell, lab, file),
    },
    address: new BrowserAddressBar(),
    openers: {
      file: async (file) => (await loadOpeners()).openFile(shell, file),
      lesson: async (...link) => (await loadOpeners()).openLessonAt(shell, ...link),
    },
  });
  keepPreferences(settings, () => shell.store.setState({ storageRefused: true }));
  void restoreLesson(shell).then(() => shell.start());
  void import('./once-shown').then(({ onceShown }) => onceShown(shell));

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

/** After a reload, the lesson that was open is open again. */
async function restoreLesson(shell: Shell): Promise<void> {
  try {
    if (sessionStorage.getItem('tokenoscope.lesson')) (await loadOpeners()).restoreLesson(shell);
  } catch {
    // Storage is refused here, or the lesson's code is not: the page works without.
  }
}

// A header says the same where the host or the service worker sends it; not all do.
if (window.top !== window) void import('./framed/refuse').then(({ refuse }) => refuse());
else if (crossOriginIsolated) start();
else void import('./isolate').then(({ isolate }) => isolate()).then((reloads) => reloads || start());
