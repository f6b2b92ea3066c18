import { useEffect, useState } from 'react';
import { Icon } from '../../ui/Icon';
import styles from './DropTarget.module.css';
import { readDrop } from './dropped-files';
import { useLab } from './lab-context';

/** What is no picture, and belongs into the dialog that adds checkpoints, also where that will refuse it. */
const CHECKPOINT = /\.(safetensors|onnx|bin|pt|pth|ckpt)$|^(config|manifest)\.json$/i;

const carriesFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/** Takes a picture that is dropped anywhere on the page, or pasted. */
export function DropTarget() {
  const { session, store } = useLab();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Entering a child fires before leaving its parent: the page is left when the count is back at 0.
    let depth = 0;
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth++;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer || !canTake(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!event.dataTransfer || !canTake(event.dataTransfer)) return;
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      const dropped = readDrop(event.dataTransfer);
      if (dropped.hasFolder || [...event.dataTransfer.files].some(({ name }) => CHECKPOINT.test(name))) {
        void dropped.files.then((files) =>
          store.setState({ dialog: { lane: session.lead, wanted: '' }, dropped: files }),
        );
      } else if (file) session.openFile(file);
      else {
        session.refuse(
          'That was a link to a picture, not a file.',
          'Save the picture first, or copy it and paste it here: this page fetches no pictures from other sites.',
        );
      }
    };
    const onPaste = (event: ClipboardEvent) => {
      const [file] = event.clipboardData?.files ?? [];
      if (!file) return; // text is left to the field that has the focus
      event.preventDefault();
      // What a browser copies has no name of its own: all are "image.png".
      session.openFile(file.name === 'image.png' ? new Blob([file], { type: file.type }) : file);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, [session, store]);

  if (!over) return null;
  return (
    <div className={styles.overlay} aria-hidden="true">
      <p className={styles.card}>
        <Icon name="upload" size={24} />
        <span className={styles.title}>Drop the picture anywhere</span>
        <span className={styles.detail}>It stays on this device.</span>
      </p>
    </div>
  );
}

/** Files, and pictures dragged out of another page (which come as an address). */
function canTake(transfer: DataTransfer): boolean {
  return carriesFiles(transfer) || transfer.types.includes('text/uri-list');
}
