import { EXPERIMENT_FILE_NAME } from '../core/link/experiment-file-name';
import type { Shell } from './shell';

const EXTENSION = EXPERIMENT_FILE_NAME.replace(/^.*\./, '.');

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Handles drops that no lab takes (on the header, on About), which a browser would otherwise open in the page's
 * place; and experiment files wherever they are dropped.
 * @returns the way to stop
 */
export function watchPageDrops(shell: Shell, target: EventTarget = window): () => void {
  /** Before all others, so that no lab takes an experiment for a text. */
  const takeExperiment = (event: Event) => {
    const [file, ...more] = (event as DragEvent).dataTransfer?.files ?? [];
    if (!file?.name.endsWith(EXTENSION) || more.length > 0) return;
    event.preventDefault();
    event.stopPropagation();
    // Tells labs that show a drop target that the drag is over.
    target.dispatchEvent(new Event('dragend'));
    void shell.openFile(file);
  };
  const over = (event: Event) => {
    if (event.defaultPrevented || !carriesFiles(event as DragEvent)) return;
    event.preventDefault();
  };
  const drop = (event: Event) => {
    if (event.defaultPrevented || !carriesFiles(event as DragEvent)) return;
    event.preventDefault();
    shell.takeDrop((event as DragEvent).dataTransfer!);
  };
  target.addEventListener('drop', takeExperiment, { capture: true });
  target.addEventListener('dragover', over);
  target.addEventListener('drop', drop);
  return () => {
    target.removeEventListener('drop', takeExperiment, { capture: true });
    target.removeEventListener('dragover', over);
    target.removeEventListener('drop', drop);
  };
}
