import { useStore } from 'zustand';
import { Later } from '../../views/Later';
import { Columns } from './Columns';
import { useLab } from './context';
import { Inspector, PinnedInspector } from './Inspector';
import styles from './Pane.module.css';
import { textPanes } from './pane-list';
import { StripSlot } from './strip/StripSlot';

/** What the tab in front shows. */
export function Pane() {
  const { panes } = useLab();
  const open = useStore(panes.store, (state) => state.open);
  const pane = textPanes.find(({ id }) => id === open);
  if (!pane) {
    return (
      <>
        <StripSlot />
        <div className={styles.beside}>
          <Columns />
          <PinnedInspector />
        </div>
        <Inspector />
      </>
    );
  }
  return (
    <div role="tabpanel" aria-label={pane.label} className={styles.pane}>
      <Later key={pane.id} load={pane.load} props={{}} />
    </div>
  );
}
