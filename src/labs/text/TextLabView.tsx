import { useEffect } from 'react';
import { cx } from '../../ui/cx';
import { useDropTarget } from '../../views/intake/use-drop-target';
import { Later } from '../../views/Later';
import { ColumnActions } from './ColumnActions';
import { type ColumnParts, ColumnPartsContext } from './column-parts';
import { useLab } from './context';
import { FingerprintSlot } from './fingerprint/FingerprintSlot';
import { Intake } from './Intake';
import { Pane } from './Pane';
import { TextInput } from './TextInput';
import styles from './TextLabView.module.css';
import { Toolbar } from './Toolbar';

const loadMissing = async () => (await import('./MissingFile')).MissingFile;
const loadAnnouncer = async () => (await import('./Announcer')).Announcer;

const PARTS: ColumnParts = {
  Actions: ColumnActions,
  Missing: (props) => <Later load={loadMissing} props={props} />,
};

/** The text lab: a text, and what several tokenizers make of it. */
export function TextLabView() {
  const { drops, jobs } = useLab();
  const { isOver, handlers } = useDropTarget((transfer) => drops.take(transfer));
  useEffect(() => jobs.start(), [jobs]);
  useEffect(() => {
    /** Text or a file that is pasted while no field has the focus takes the place of the present text. */
    const pasteAnywhere = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isEditable(event.target) || !event.clipboardData) return;
      const text = event.clipboardData.getData('text/plain');
      if (!text && event.clipboardData.files.length === 0) return;
      event.preventDefault();
      // The clipboard holds a picture of a copied table or page as well.
      drops.take({ items: [], files: text ? [] : event.clipboardData.files, getData: () => text });
    };
    document.addEventListener('paste', pasteAnywhere);
    return () => document.removeEventListener('paste', pasteAnywhere);
  }, [drops]);

  return (
    <div className={cx(styles.lab, isOver && styles.dropping)} {...handlers}>
      <h1 className="visually-hidden">Text lab</h1>
      <TextInput />
      <div className={styles.bar}>
        <Toolbar />
        <Intake />
        <FingerprintSlot />
      </div>
      <ColumnPartsContext value={PARTS}>
        <Pane />
      </ColumnPartsContext>
      <Later load={loadAnnouncer} props={{}} />
    </div>
  );
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
