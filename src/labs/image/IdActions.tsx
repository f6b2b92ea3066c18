import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Popover } from '../../ui/Popover';
import { Later } from '../../views/Later';
import { useSignal } from '../../views/signal';
import styles from './IdActions.module.css';
import { useLab, useLead, useSettings } from './lab-context';

const loadNeed = async () => (await import('./need/NeedSection')).NeedButton;
const loadSave = async () => (await import('./save/SaveMenu')).SaveMenu;

/** Shows the ids, copies them to the clipboard, or saves what the lab shows. */
export function IdActions() {
  const { settings } = useLab().host;
  const showIds = useSettings((state) => state.ids ?? false);
  const ids = useSignal(useLead().opened)?.ids ?? null;
  return (
    <span className={styles.actions}>
      <Later load={loadNeed} props={{}} />
      <Button
        size="sm"
        variant="quiet"
        pressed={showIds}
        disabled={!ids}
        onClick={() => settings.setState({ ids: !showIds })}
      >
        Ids
      </Button>
      <CopyIds ids={ids} />
      <Popover label="Save" trigger={{ size: 'sm', variant: 'quiet', disabled: !ids, children: 'Save' }}>
        <Later load={loadSave} props={{}} />
      </Popover>
    </span>
  );
}

function CopyIds({ ids }: { readonly ids: Uint32Array | null }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText((ids ?? []).join(' '));
      setState('copied');
    } catch {
      setState('refused');
    }
    setTimeout(() => setState('ready'), 2000);
  };
  return (
    <Button size="sm" variant="quiet" disabled={!ids} onClick={() => void copy()}>
      {{ ready: 'Copy ids', copied: 'Copied', refused: 'Not allowed' }[state]}
    </Button>
  );
}
