import { throwIfAborted } from '../../core/errors';
import type { Collected } from '../../views/intake/collect';
import { isReadable } from '../../views/intake/readable';
import { sortIntake } from '../../views/intake/sort';
import type { LabHost } from '../lab';
import type { Session } from './session';

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

/** Kinds of files that are handed to the dialog for checkpoints, even where that will refuse them. */
const CHECKPOINT = /\.(safetensors|onnx|bin|pt|pth|ckpt|pkl|gguf|h5|msgpack|npz)$|^(config|manifest)\.json$/i;

/**
 * Decides what was given, and opens it.
 * @throws TokenoscopeError `aborted`
 */
export async function takeIn(found: Collected, parts: IntakeParts, signal: AbortSignal): Promise<void> {
  const { session, host, offer, addCheckpoint } = parts;
  const intake = await sortIntake(found, {
    signal,
    isOurs: (name) => CHECKPOINT.test(name),
    isReadable: parts.isReadable ?? isReadable,
  });
  throwIfAborted(signal);
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
}
