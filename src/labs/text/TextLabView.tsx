import { type DragEvent, useEffect, useState } from 'react';
import { cx } from '../../ui/cx';
import { Announcer } from './Announcer';
import { Columns } from './Columns';
import { useLab } from './context';
import { Inspector } from './Inspector';
import { Intake } from './Intake';
import { TextInput } from './TextInput';
import styles from './TextLabView.module.css';
import { Toolbar } from './Toolbar';

/** The text lab: a text, and what several tokenizers make of it. */
export function TextLabView() {
  const { state, intake, jobs } = useLab();
  const [dropping, setDropping] = useState(false);
  useEffect(() => jobs.start(), [jobs]);
  useEffect(() => {
    /** Text or a file that is pasted while no field has the focus takes the place of the present text. */
    const pasteAnywhere = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isEditable(event.target) || !event.clipboardData) return;
      const text = event.clipboardData.getData('text/plain');
      const files = [...event.clipboardData.files];
      if (!text && files.length === 0) return;
      event.preventDefault();
      if (text) state.replace(text.replace(/\r\n?/g, '\n'));
      else void intake.take(files);
    };
    document.addEventListener('paste', pasteAnywhere);
    return () => document.removeEventListener('paste', pasteAnywhere);
  }, [state, intake]);

  const handleDrop = (event: DragEvent) => {
    setDropping(false);
    const files = [...event.dataTransfer.files];
    if (files.length === 0 && isEditable(event.target)) return; // the field takes dropped text itself
    event.preventDefault();
    if (files.length > 0) void intake.take(files);
    else state.replace(event.dataTransfer.getData('text/plain'));
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
      </div>
      <Columns />
      <Inspector />
      <Announcer />
    </div>
  );
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
