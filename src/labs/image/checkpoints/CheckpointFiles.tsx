import { useRef } from 'react';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { useLab } from '../lab-context';
import styles from './AddCheckpoint.module.css';
import { lookAtFiles } from './actions';

/** Pickles can be chosen as well, so that the page can explain why it does not read them. */
const ACCEPT = '.safetensors,.json,.onnx,.bin,.pt,.pth,.ckpt,.data';

/** The way in for files. */
export function CheckpointFiles({ disabled }: { readonly disabled: boolean }) {
  const lab = useLab();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.drop}>
      <p>
        Or drop <code>config.json</code> and <code>model.safetensors</code> here; or{' '}
        <code>manifest.json</code> with the <code>.onnx</code> files that it names. A folder works, too.
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
