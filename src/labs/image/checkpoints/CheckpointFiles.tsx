import { useRef } from 'react';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { useLab } from '../lab-context';
import styles from './AddCheckpoint.module.css';
import { lookAtFiles } from './actions';

const ACCEPT = '.safetensors,.json,.onnx,.bin,.pt,.pth,.ckpt,.pkl,.data';

/** The way in for files. */
export function CheckpointFiles({ disabled }: { readonly disabled: boolean }) {
  const lab = useLab();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.drop}>
      <p>
        Or drop a model’s weights: <code>model.safetensors</code> or a file of PyTorch (<code>.pt</code>,{' '}
        <code>.pth</code>, <code>.bin</code>, <code>.ckpt</code>, <code>.pkl</code>), of which nothing is run.
        Give its <code>config.json</code> with it, which most official models do without; a whole folder
        works, too. Graphs of ONNX need the <code>manifest.json</code> that names them.
      </p>
      <Button icon={<Icon name="upload" />} disabled={disabled} onClick={() => input.current?.click()}>
        Choose files…
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        accept={ACCEPT}
        aria-label="Checkpoint files"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ''; // the same files again are a change, too
          if (files.length > 0) void lookAtFiles(lab, files);
        }}
      />
    </div>
  );
}
