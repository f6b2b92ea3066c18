import { useState } from 'react';
import { EXPERIMENT_FILE_NAME } from '../../core/link/experiment-file-name';
import { Button } from '../../ui/Button';
import { RareIcon } from '../../ui/RareIcon';
import { download } from '../../views/export/download';
import type { Shell } from '../shell';

/** Saves the experiment as a file, which has no length limit and opens when dropped on the page. */
export function SaveExperiment({ shell, isUrgent }: { readonly shell: Shell; readonly isUrgent: boolean }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const save = async () => {
    setState('busy');
    try {
      const file = await shell.file();
      if (file) download(file, EXPERIMENT_FILE_NAME);
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <Button
      variant={isUrgent ? 'framed' : 'quiet'}
      icon={<RareIcon name="download" />}
      disabled={state === 'busy'}
      onClick={() => void save()}
    >
      {state === 'failed' ? 'The file could not be made: try again' : 'Save as an experiment file'}
    </Button>
  );
}
