import { useRef } from 'react';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { useLab } from '../lab-context';
import styles from './AddCheckpoint.module.css';
import { lookAtFiles } from './actions';

const ACCEPT = '.safetensors,.json,.onnx,.bin,.pt,.pth,.ckpt,.data';

/** The way in for files. */
export function CheckpointFiles({ disabled }: { readonly disabled: boolean }) {
  const lab = useLab();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.drop}>
      <p>
        Or drop <code>model.safetensors</code> or a file of PyTorch (<code>.pt</code>, <code>.bin</code>,{' '}
        <code>.ckpt</code>: read as data, nothing in it is run) with its <code>config.json</code>, which most
        official models do without; or <code>manifest.json</code> with the <code>.onnx</code> files that it
        names. A folder works, too.
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
