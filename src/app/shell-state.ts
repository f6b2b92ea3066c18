import type { ReactNode } from 'react';
import type { LessonStep } from '../core/lesson/lesson-file';
import type { LabEntry, LabInstance } from '../labs/lab';

/** What the page as a whole shows. */
export interface ShellState {
  readonly lab: LabEntry;
  /** Null while the lab's chunk is loading. */
  readonly instance: LabInstance | null;
  /** Why the lab could not be loaded, or null. */
  readonly labFailure: Failure | null;
  /** Why the link could not be opened, or null. */
  readonly linkFailure: Failure | null;
  /** Parts of the link that were left out, in plain words. */
  readonly linkProblems: readonly string[];
  /** A message about neither link nor lab, or null. */
  readonly notice: Failure | null;
  /** True once the browser has refused to keep a preference. */
  readonly storageRefused: boolean;
  /** The lesson whose tabs are shown, or null. */
  readonly lesson: OpenLesson | null;
  /** The tab whose labs are on screen; empty for the visitor's own. */
  readonly room: string;
}

/** A lesson that is open: a row of tabs, each of which is a room with labs of its own. */
export interface OpenLesson {
  has(room: string): boolean;
  /** Its tabs, above the lab. */
  render(): ReactNode;
  /** Adds an experiment, and shows it. */
  add(step: LessonStep): Promise<void>;
  /** Frees what its tabs hold; none of them may be on screen. */
  end(): void;
}

/** What went wrong, and what to do next. */
export interface Failure {
  readonly message: string;
  readonly hint: string;
}

/** What can be shared right now. */
export interface LinkInfo {
  readonly url: string;
  /** False where a link cannot hold the experiment; an experiment file can. */
  readonly isWhole: boolean;
  /** What the link holds, and what it leaves out, in sentences. */
  readonly contents: readonly string[];
}
