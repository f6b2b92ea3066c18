import { useEffect, useState } from 'react';
import { isTextField } from '../../views/intake/text-field';
import { Later } from '../../views/Later';
import { useLab } from './lab-context';

const loadOverlay = async () => (await import('../../views/intake/DropOverlay')).DropOverlay;

const OVERLAY = { title: 'Drop the picture anywhere', detail: 'It stays on this device.' };

const TAKEN = ['Files', 'text/uri-list', 'text/html', 'text/plain'];

/** Takes a picture that is dropped anywhere on the page, or pasted. */
export function DropTarget() {
  const { intake } = useLab();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Entering a child fires before leaving its parent: the page is left when the count is back at 0.
    let depth = 0;
    const end = () => {
      depth = 0;
      setOver(false);
    };
    const isOurs = (event: DragEvent) =>
      !event.defaultPrevented &&
      !isTextField(event.target) &&
      TAKEN.some((type) => event.dataTransfer?.types.includes(type));
    const onEnter = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      depth++;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      event.dataTransfer!.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      end();
      if (!isOurs(event)) return;
      event.preventDefault();
      void intake.take(event.dataTransfer!);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || !event.clipboardData || isTextField(event.target)) return;
      if (event.clipboardData.files.length > 0) event.preventDefault();
      void intake.take(event.clipboardData, true);
    };
    // On the document: before the page's own handlers, and after those of a dialog, which takes drops of its own.
    document.addEventListener('dragenter', onEnter);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('dragover', onOver);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    window.addEventListener('dragend', end);
    return () => {
      document.removeEventListener('dragenter', onEnter);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
      window.removeEventListener('dragend', end);
    };
  }, [intake]);

  return over ? <Later load={loadOverlay} props={OVERLAY} /> : null;
}
