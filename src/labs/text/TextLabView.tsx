import { type DragEvent, useEffect, useState } from 'react';
import { cx } from '../../ui/cx';
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
  const [dropping, setDropping] = useState(false);
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

  useEffect(() => {
    // The page has already handled this drop.
    const end = () => setDropping(false);
    window.addEventListener('dragend', end);
    return () => window.removeEventListener('dragend', end);
  }, []);

  const handleDrop = (event: DragEvent) => {
    setDropping(false);
    const { files } = event.dataTransfer;
    // The field takes dropped text itself.
    if (files.length === 0 && isEditable(event.target) && !drops.isPermalink(event.dataTransfer)) return;
    event.preventDefault();
    drops.take(event.dataTransfer);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the same is reachable by button and paste
    <div
      className={cx(styles.lab, dropping && styles.dropping)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={handleDrop}
    >
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
