import { isAborted } from '../../core/errors';
import { type Collected, collect, type Transfer } from '../../views/intake/collect';
import { filesOf } from '../../views/intake/folders';
import { asProblem } from './load';
import type { IntakeParts } from './take-in';

/** Takes what is dropped, pasted or picked, and decides what it means; a later one replaces an earlier one. */
export class Intake {
  readonly #parts: IntakeParts;
  #sorting: AbortController | undefined;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Call it in the event's own task. @param pasted whether it came from the clipboard, where text is not refused */
  take(transfer: Transfer, pasted = false): Promise<void> {
    return this.#sort(collect(transfer, pasted));
  }

  /** Files that were chosen in the browser's own dialog. */
  pick(files: readonly File[]): Promise<void> {
    return this.#sort({ files, folders: [], text: { uris: '', html: '', plain: '' }, pasted: false });
  }

  async #sort(found: Collected): Promise<void> {
    this.#sorting?.abort();
    const mine = new AbortController();
    this.#sorting = mine;
    try {
      // What tells pictures from other things is loaded with the first drop.
      const { takeIn } = await import('./take-in');
      await takeIn(found, this.#parts, mine.signal);
    } catch (error) {
      const { message, hint } = asProblem(error);
      if (!isAborted(error) && this.#sorting === mine) this.#parts.session.refuse(message, hint);
    }
  }
}

/** Every file of a drop, those in folders too. Call it in the event's own task. */
export async function allFiles(transfer: Transfer): Promise<readonly File[]> {
  const { files, folders } = collect(transfer);
  const inside = [];
  for (const folder of folders) inside.push(...(await filesOf(folder)));
  return [...files, ...inside];
}
