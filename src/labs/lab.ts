import type { ComponentType, ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import type { Citation } from '../core/citation';
import type { LinkPart, VersionedPart } from '../core/link/link-part';
import type { BackendChoice, BackendReport } from '../engine/host/backend';

/** What the shell knows of a lab before anything of it is loaded: `labs/<id>/lab.ts`, and one line in registry.ts. */
export interface LabEntry {
  /** Part of published links: it never changes. */
  readonly id: string;
  /** The tab's label. */
  readonly label: string;
  /** The page's title, and what messages call it: "Image lab". */
  readonly title: string;
  /** Loads the lab's own chunk. */
  load(): Promise<LabModule>;
  /**
   * Set where parts of it have addresses in words, such as `#papers/superbpe`; `#papers` alone has the path ''. What
   * a path cannot say is written as a link.
   */
  readonly path?: {
    read(path: string): LinkPart;
    /** Undefined where the part says more than a path can. */
    write(part: LinkPart): string | undefined;
  };
  /**
   * Set where it can show its experiment alone (`LabHost.alone`): how high its frame on another page is, in CSS pixels,
   * until it has said how high it should be.
   */
  readonly embedHeight?: number;
}

/** A lab's own chunk. */
export interface LabModule {
  /** A new instance. A page may hold several: nothing of an instance lives in a module. */
  create(host: LabHost): LabInstance;
}

export type ThemeChoice = 'system' | 'light' | 'dark';

/** The visitor's preferences on this device, and what was found out about the device. */
export interface Settings {
  readonly theme: ThemeChoice;
  /** The backend asked for; `report` says which one runs. */
  readonly backend: BackendChoice;
  /** Address of the hub that checkpoints are fetched from, without a slash at its end. */
  readonly hub: string;
  /** Whether the image lab's chart is folded away. */
  readonly foldChart?: boolean;
  /** Whether an image's tokens show their ids. */
  readonly ids?: boolean;
  /** Null until the first model has been opened. */
  readonly report: BackendReport | null;
}

/** What the page gives every lab. */
export interface LabHost {
  readonly settings: StoreApi<Settings>;
  /** Whether the experiment is shown alone, in a frame on another page: nothing there changes its input or its models. */
  readonly alone?: boolean;
  /** Opens a link or an experiment file that was dropped or pasted into a lab. */
  openLink(hash: string): void;
  /** Opens an experiment file or a lesson that the visitor chose. */
  openFile(file: Blob): void;
  /** Goes to another lab and drops a file there. Absent where there is no other lab to go to. */
  giveFile?(lab: string, file: File): Promise<void>;
}

/**
 * How a change of the experiment enters the history: a `step` is something that Back undoes; an `edit` (k, typing)
 * replaces the present entry after a pause; a `correction` (what a failure took back, what became known late) replaces
 * it at once.
 */
export type LabChange = 'step' | 'edit' | 'correction';

/** What the Share panel gives a lab's part of it. */
export interface ShareMoreProps {
  /** Copies the lab's link again, after the lab has changed what is in it. */
  readonly onChanged: () => void;
  /** Saves a file through the browser's downloads. */
  readonly save: (file: Blob, name: string) => void;
}

/** One lab on a page. */
export interface LabInstance {
  /** The lab's view; it gets everything from its instance. Mounted means on screen. */
  render(): ReactNode;
  /**
   * The experiment on screen, as a link or an experiment file holds it. Cheap: called on every change.
   * @param short leaves out what no link can hold (a long text)
   */
  write(short?: boolean): LinkPart;
  /**
   * Shows what a link or an experiment file says, and does nothing if it is shown already. Must not throw.
   * @returns what could not be opened, in sentences; the rest opens
   */
  open(part: VersionedPart): readonly string[];
  /** Reports changes that `write` would show. Returns the unsubscriber. */
  onChange(listener: (change: LabChange) => void): () => void;
  /** What travels in a link and what does not, in sentences. */
  describe(short: boolean): readonly string[];
  /** What the experiment builds on, beside this tool. A lab without it has nothing to cite. */
  cite?(): Promise<readonly Citation[]>;
  /** More ways to pass the experiment on, in the Share panel. A lab without it has none. */
  shareMore?(): Promise<ComponentType<ShareMoreProps>>;
  /** Calls back once what it shows at first is there, or nobody waits for it. Of a lab without it, its view is that. */
  onceThere?(work: () => void): void;
  /** Takes what was dropped on the page outside of what it renders. A lab without it takes no files. */
  takeDrop?(transfer: DataTransfer): void;
  /** Ends workers and listeners for good. */
  dispose(): void;
}

/** Reads and writes a lab's part of links: `labs/<id>/link-format.ts`, without React, for the command line too. */
export interface LinkFormat<Experiment> {
  /** @param problems receives sentences on what could not be read; it is replaced by its default */
  read(part: VersionedPart, problems: string[]): Experiment;
  write(experiment: Experiment): LinkPart;
}
