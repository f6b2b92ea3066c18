import type { StoreApi } from 'zustand';
import type { TokenoscopeError } from '../../../core/errors';
import type { LoadProgress } from '../../../engine/rpc/protocol';
import type { NamedPicture } from './measure-pictures';
import type { NeedModel, NeedQuestion } from './need-model';
import type { NeedRun } from './protocol';

/** A picture that the page measures. */
export interface PagePicture {
  readonly file: Blob;
  /** Shows it in the lab. */
  open(): void;
}

/** Pictures to measure together. */
export interface PictureSet {
  /** "240 files", "the 14 samples" */
  readonly name: string;
  readonly pictures: readonly NamedPicture<PagePicture>[];
}

/** A run over many pictures, as far as it is. */
export interface PageRun extends NeedRun {
  readonly set: PictureSet;
  readonly models: readonly NeedModel<PagePicture>[];
  readonly phase: 'running' | 'stopped' | 'done';
  /** Roughly; undefined until a few pictures are done. */
  readonly secondsLeft: number | undefined;
}

/** What the panel asks and has found out. It lives as long as its lab: a run goes on while another lab is on screen. */
export interface NeedingState {
  readonly question: NeedQuestion;
  readonly isOpen: boolean;
  /** How often a visitor has asked for the panel. */
  readonly asked: number;
  /** A set of which the models are loading. */
  readonly opening: { readonly set: PictureSet; readonly progress: LoadProgress | null } | null;
  readonly run: PageRun | null;
  /** A run that was stopped in the middle before this one. */
  readonly before: PageRun | null;
  /** Why the run stands still. */
  readonly problem: TokenoscopeError | null;
}

/** What measures sets of pictures for one lab, one set at a time; a later one replaces an earlier one. */
export interface Needing {
  readonly store: StoreApi<NeedingState>;
  /** Asks something else; a run keeps the question that it began with. */
  ask(question: NeedQuestion): void;
  /** Opens the panel, and takes the visitor there. */
  open(): void;
  close(): void;
  /** Measures a set by these models. */
  measure(set: PictureSet, models: readonly string[]): Promise<void>;
  /** Measures the pictures that a stopped run has not reached. */
  resume(): Promise<void>;
  /** Shows the stopped run again that came before; what is on screen takes its place. */
  goBack(): void;
  /** Stops; what has been measured is kept. */
  cancel(): void;
}
