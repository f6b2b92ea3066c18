import type { ReactNode } from 'react';
import { createStore } from 'zustand';
import { type Lesson, type LessonStep, writeLesson } from '../../core/lesson/lesson-file';
import { openStep } from '../../core/lesson/open-step';
import { linkTo } from '../link-writer';
import type { Shell } from '../shell';
import type { OpenLesson } from '../shell-state';
import { type KeptLesson, keepLesson } from './keep';

/** A step of a lesson on the page. */
export interface LessonTab {
  /** Its room: the labs that belong to it. */
  readonly room: string;
  readonly step: LessonStep;
}

export interface LessonState {
  readonly title: string;
  readonly tabs: readonly LessonTab[];
  /** Whether its words and the order of its tabs can be changed. */
  readonly isEditing: boolean;
  /** Whether it differs from its file. */
  readonly isChanged: boolean;
  /** Whether it asks if it may be closed without being saved. */
  readonly isAsking: boolean;
  /** What could not be opened, in sentences. */
  readonly problems: readonly string[];
}

/** What else is known of a lesson. */
export interface LessonOrigin extends Partial<Omit<KeptLesson, 'text'>> {
  readonly problems?: readonly string[];
}

/**
 * A lesson that is open on the page. Each tab has labs of its own, so that what is changed in one is still there after
 * looking at another.
 */
export class LessonSession implements OpenLesson {
  readonly store;
  readonly address: string | undefined;
  readonly shell: Shell;
  /** The lab that each tab showed last, by room; absent for tabs that were not opened yet. */
  readonly #labs = new Map<string, string>();
  readonly #present: Readonly<Record<string, string>>;
  readonly #stop: () => void;
  #forget: () => void = () => {};

  readonly #view: (lesson: LessonSession) => ReactNode;

  /** @param view its tabs */
  constructor(
    shell: Shell,
    view: (lesson: LessonSession) => ReactNode,
    { title, steps }: Lesson,
    origin: LessonOrigin = {},
  ) {
    this.#view = view;
    const { address, problems = [], rooms = [], present = {} } = origin;
    this.shell = shell;
    this.address = address;
    this.#present = present;
    const tabs = steps.map((step, index) => ({ room: rooms[index] ?? newRoom(), step }));
    this.store = createStore<LessonState>(() => ({
      title,
      tabs,
      problems,
      isEditing: false,
      isChanged: false,
      isAsking: false,
    }));
    this.#stop = shell.store.subscribe(({ room, lab, instance }) => {
      if (instance && this.has(room)) this.#labs.set(room, lab.id);
    });
  }

  /** Becomes the page's lesson. */
  take(): void {
    this.#forget = keepLesson(() => this.#kept());
    this.shell.store.setState({ lesson: this });
  }

  /** Takes the place of the lesson that was open, and shows the first tab. */
  async begin(isStep: boolean): Promise<void> {
    const before = this.shell.store.getState().lesson;
    this.take();
    await this.open(this.store.getState().tabs[0]!.room, isStep);
    before?.end();
  }

  render(): ReactNode {
    return this.#view(this);
  }

  has(room: string): boolean {
    return this.find(room) !== undefined;
  }

  find(room: string): LessonTab | undefined {
    return this.store.getState().tabs.find((tab) => tab.room === room);
  }

  /** Shows a tab: as it was left, or its experiment. */
  async open(room: string, isStep = true): Promise<void> {
    const lab = this.#labs.get(room);
    const tab = this.find(room);
    if (lab) await this.shell.openLab(lab, room);
    else if (tab) {
      const link = this.#present[room];
      await this.shell.openDecoded(await openStep(link ? { link } : tab.step), room, isStep);
    }
  }

  /** The tab that is so many to the right of the present one; undefined beyond the ends. */
  beside(by: number): LessonTab | undefined {
    const { tabs } = this.store.getState();
    const at = tabs.findIndex(({ room }) => room === this.shell.store.getState().room);
    // From the visitor's own labs, every way leads to the first.
    return at < 0 ? tabs[0] : tabs[at + by];
  }

  /** The lesson as a file holds it. */
  lesson(): Lesson {
    const { title, tabs } = this.store.getState();
    return { title, steps: tabs.map(({ step }) => step) };
  }

  /** Adds an experiment behind the present tab, and shows it. */
  async add(step: LessonStep): Promise<void> {
    const { tabs } = this.store.getState();
    const at = tabs.findIndex(({ room }) => room === this.shell.store.getState().room);
    const tab = { room: newRoom(), step };
    this.store.setState({
      tabs: tabs.toSpliced(at < 0 ? tabs.length : at + 1, 0, tab),
      isEditing: true,
      isChanged: true,
    });
    await this.open(tab.room);
  }

  rename(title: string): void {
    this.store.setState({ title, isChanged: true });
  }

  /** Changes a tab's words or its experiment. */
  change(room: string, step: LessonStep): void {
    this.store.setState(({ tabs }) => ({
      tabs: tabs.map((tab) => (tab.room === room ? { room, step } : tab)),
      isChanged: true,
    }));
  }

  /** Moves a tab to the left (-1) or the right (1). */
  move(room: string, by: number): void {
    const tabs = [...this.store.getState().tabs];
    const at = tabs.findIndex((tab) => tab.room === room);
    if (at < 0 || !tabs[at + by]) return;
    const [tab] = tabs.splice(at, 1);
    tabs.splice(at + by, 0, tab!);
    this.store.setState({ tabs, isChanged: true });
  }

  /** Removes a tab; without any, the lesson is closed. */
  async remove(room: string): Promise<void> {
    const next = this.beside(1) ?? this.beside(-1);
    if (!next || this.store.getState().tabs.length === 1) return this.close();
    await this.open(next.room);
    this.store.setState(({ tabs }) => ({
      tabs: tabs.filter((tab) => tab.room !== room),
      isChanged: true,
    }));
    this.shell.close(room);
  }

  /** Closes it, or asks first where something would be lost. */
  askToClose(): void {
    if (this.store.getState().isChanged) this.store.setState({ isAsking: true });
    else void this.close();
  }

  /** Leaves the lesson: the visitor's own lab is shown, as it was left. */
  async close(): Promise<void> {
    const { lab } = this.shell.store.getState();
    await this.shell.openLab(lab.id);
    this.shell.store.setState({ lesson: null });
    this.end();
  }

  /** Frees what its tabs hold; none of them may be on screen. */
  end(): void {
    this.#stop();
    this.#forget();
    for (const { room } of this.store.getState().tabs) this.shell.close(room);
  }

  /** The lesson, and each tab's experiment as it is now where a link can hold it. */
  #kept(): KeptLesson {
    const present: Record<string, string> = { ...this.#present };
    for (const [room, lab] of this.#labs) {
      const instance = this.shell.instance(lab, room);
      const link = instance && linkTo({ id: lab }, instance);
      if (link?.isWhole) present[room] = link.hash;
    }
    const rooms = this.store.getState().tabs.map(({ room }) => room);
    return { text: writeLesson(this.lesson()), address: this.address, rooms, present };
  }
}

function newRoom(): string {
  return `tab-${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;
}
