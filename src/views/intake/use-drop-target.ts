import { type DragEvent, useEffect, useState } from 'react';
import { linkIn } from './links';
import { isTextField } from './text-field';

export interface DropTarget {
  /** Whether files are being dragged over it. */
  readonly isOver: boolean;
  /** For the element that takes what is dropped. */
  readonly handlers: Pick<React.DOMAttributes<Element>, 'onDragOver' | 'onDragLeave' | 'onDrop'>;
}

/**
 * A part of the page that takes dropped files, links of this page wherever they fall, and text that falls beside a field
 * (which takes it itself).
 * @param take is called in the drop's own task
 */
export function useDropTarget(take: (transfer: DataTransfer) => void): DropTarget {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // The page has already handled this drop.
    const end = () => setOver(false);
    window.addEventListener('dragend', end);
    return () => window.removeEventListener('dragend', end);
  }, []);
  return {
    isOver,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave(event: DragEvent) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop(event: DragEvent) {
        setOver(false);
        const { dataTransfer: transfer, target } = event;
        const isLink = linkIn(transfer.getData('text/plain'), location.href) !== undefined;
        // A folder, too, is among the files.
        if (transfer.files.length === 0 && !isLink && isTextField(target)) return;
        event.preventDefault();
        take(transfer);
      },
    },
  };
}
