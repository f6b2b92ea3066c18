import { isAborted } from '../../core/errors';
import { type Collected, collect, type Transfer } from '../../views/intake/collect';
import { filesOf } from '../../views/intake/folders';
import type { LabHost } from '../lab';
import { asProblem } from './load';
import type { Session } from './session';

/** Kinds of files that are handed to the dialog for checkpoints, even where that will refuse them. */
const CHECKPOINT = /\.(safetensors|onnx|bin|pt|pth|ckpt|pkl|gguf|h5|msgpack|npz)$|^(config|manifest)\.json$/i;

/** What an intake calls with what it was given. */
export interface IntakeParts {
  readonly session: Pick<Session, 'openFile' | 'refuse'>;
  readonly host: Pick<LabHost, 'openLink'>;
  /**
   * Told all files of what was given, where they are more than the one picture that opens; else none.
   * @param unread how many of them could not be read before that one
   */
  offer(files: readonly File[], unread: number): void;
  /** Whether a file can be opened as a picture; as the browser says where it is absent. */
  isReadable?(file: File): Promise<boolean>;
  /** Opens the dialog that adds checkpoints. */
  addCheckpoint(files: readonly File[]): void;
}

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
    const { session, host, offer, addCheckpoint } = this.#parts;
    try {
      // What tells pictures from other things is loaded with the first drop.
      const [{ sortIntake }, { isReadable }] = await Promise.all([
        import('../../views/intake/sort'),
        import('../../views/intake/readable'),
      ]);
      const intake = await sortIntake(found, {
        signal: mine.signal,
        isOurs: (name) => CHECKPOINT.test(name),
        isReadable: this.#parts.isReadable ?? isReadable,
      });
      if (this.#sorting !== mine) return;
      switch (intake.kind) {
        case 'picture':
          session.openFile(intake.picture, intake.name, intake.notes);
          offer(intake.all.length > 1 ? intake.all : [], intake.unread);
          break;
        case 'claimed':
          addCheckpoint(intake.files);
          break;
        case 'link':
          host.openLink(intake.hash);
          break;
        case 'refused':
          session.refuse(intake.message, intake.hint);
          break;
        case 'text':
          if (!found.pasted) session.refuse('That was text, not a picture.', 'Drop it in the text lab.');
          break;
        case 'experiment':
          break; // the shell has handled them already
      }
    } catch (error) {
      const { message, hint } = asProblem(error);
      if (!isAborted(error) && this.#sorting === mine) session.refuse(message, hint);
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
