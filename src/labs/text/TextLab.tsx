import { type DragEvent, useEffect, useState } from 'react';
import { cx } from '../../ui/cx';
import { Announcer } from './Announcer';
import { Columns } from './Columns';
import { Inspector } from './Inspector';
import { Intake } from './Intake';
import { takeFiles } from './intake';
import { textJobs } from './jobs';
import { replaceText, useTextLab } from './store';
import { TextInput } from './TextInput';
import styles from './TextLab.module.css';
import { Toolbar } from './Toolbar';
import { forgetTokens } from './token-focus';

/** The text lab: a text, and what several tokenizers make of it. */
export function TextLab() {
  const [dropping, setDropping] = useState(false);
  useEffect(() => textJobs().start(), []);
  useEffect(
    () =>
      useTextLab.subscribe((state, previous) => {
        if (state.document !== previous.document) forgetTokens();
      }),
    [],
  );
  useEffect(() => {
    document.addEventListener('paste', pasteAnywhere);
    return () => document.removeEventListener('paste', pasteAnywhere);
  }, []);

  const handleDrop = (event: DragEvent) => {
    setDropping(false);
    const files = [...event.dataTransfer.files];
    if (files.length === 0 && isEditable(event.target)) return; // the field takes dropped text itself
    event.preventDefault();
    if (files.length > 0) void takeFiles(files);
    else replaceText(event.dataTransfer.getData('text/plain'));
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

/** Text or a file that is pasted while no field has the focus takes the place of the present text. */
function pasteAnywhere(event: ClipboardEvent): void {
  if (event.defaultPrevented || isEditable(event.target) || !event.clipboardData) return;
  const text = event.clipboardData.getData('text/plain');
  const files = [...event.clipboardData.files];
  if (!text && files.length === 0) return;
  event.preventDefault();
  if (text) replaceText(text.replace(/\r\n?/g, '\n'));
  else void takeFiles(files);
}
