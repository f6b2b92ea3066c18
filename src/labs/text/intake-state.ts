import type { TokenizerOrigin } from '../../core/link/tokenizer-origin';
import type { NamedBlob } from '../../engine/storage/named-blob';
import type { TextSegmenter } from '../../engine/text/segmenter';
import type { ColumnList } from './column-list';
import type { OwnTokenizers } from './own-tokenizers';
import type { Panes } from './pane-state';
import type { TextState } from './text-state';

/** Work on a file, with its bytes. */
export interface IntakeJob {
  readonly name: string;
  readonly doing: string;
  readonly loaded: number;
  /** Undefined where it is not known. */
  readonly total: number | undefined;
}

/** The outcome for a file. */
export interface IntakeMessage {
  readonly tone: 'error' | 'warning' | 'done' | 'info';
  readonly title: string;
  readonly hint: string;
  /** A file that was taken for a tokenizer, and may be meant as a text. */
  readonly asText: NamedBlob | null;
  /** The column of the file, and whether it is new. */
  readonly added: { readonly id: string; readonly isNew: boolean } | null;
}

/** Files that are coming in. */
export interface IntakeState {
  readonly job: IntakeJob | null;
  readonly message: IntakeMessage | null;
  /** Where both are shown: in the menu that a tokenizer is added in, while it is open. */
  readonly place: 'page' | 'menu';
}

/** How files are taken. */
export interface TakeOptions {
  /** `tokenizer` where the visitor has asked for one; else the content decides. */
  readonly as?: 'tokenizer';
  /** The id of a missing file that they are offered for. */
  readonly wanted?: string;
  /** Where they were fetched from, and what they are called there. */
  readonly from?: Fetched;
}

/** What is known of files that were fetched. */
export interface Fetched {
  readonly name: string;
  readonly origin: TokenizerOrigin | undefined;
  /** What the visitor should know of it; empty where there is nothing. */
  readonly note: string;
}

/** The parts of a lab that files go to. */
export interface IntakeLab {
  readonly panes: Panes;
  readonly state: TextState;
  readonly columns: ColumnList;
  readonly own: OwnTokenizers;
  readonly segmenter: TextSegmenter;
}
