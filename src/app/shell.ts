import { createStore, type StoreApi } from 'zustand';
import { TokenoscopeError } from '../core/errors';
import { type DecodedLink, decodeLink, LINK_VERSION } from '../core/link/envelope';
import type { VersionedPart } from '../core/link/link-part';
import type { LabEntry, LabHost, LabInstance } from '../labs/lab';
import type { AddressBar } from './address-bar';
import { LinkWriter, linkTo } from './link-writer';
import type { Failure, LinkInfo, ShellState } from './shell-state';

/** The labs, what they are given, and the address bar. */
export interface ShellOptions {
  /** The first one opens where the address names none. */
  readonly labs: readonly LabEntry[];
  readonly host: LabHost;
  readonly address: AddressBar;
  readonly openers: Openers;
}

/** What opens files and lessons; loaded when there is one. */
export interface Openers {
  /** @throws TokenoscopeError for files that cannot be opened */
  file(file: Blob): Promise<void>;
  /**
   * @param hash `#lesson=` and the address of a file
   * @param isWanted false once the visitor has gone elsewhere
   * @throws TokenoscopeError where it cannot be opened
   */
  lesson(hash: string, isWanted: () => boolean): Promise<void>;
}

/** Controls the page: which lab is open, and the address that belongs to it. */
export class Shell {
  readonly store: StoreApi<ShellState>;
  readonly labs: readonly LabEntry[];
  readonly host: LabHost;
  readonly #address: AddressBar;
  readonly #openers: Openers;
  readonly #writer: LinkWriter;
  /** By room and lab: each tab of a lesson has labs of its own. */
  readonly #instances = new Map<string, LabInstance>();
  /** The part of a version 1 link for the lab that it did not open, by room and lab. */
  readonly #pending = new Map<string, VersionedPart>();
  /** True while an instance opens a link: its changes are not steps then. */
  #opening = false;
  /** Grows with every request for a lab, so that a chunk that arrives late opens nothing. */
  #turn = 0;

  constructor({ labs, host, address, openers }: ShellOptions) {
    this.#openers = openers;
    this.labs = labs;
    this.host = host;
    this.#address = address;
    this.#writer = new LinkWriter(address);
    this.store = createStore<ShellState>(() => ({
      lab: labs[0]!,
      instance: null,
      labFailure: null,
      linkFailure: null,
      linkProblems: [],
      notice: null,
      storageRefused: false,
      lesson: null,
      room: '',
    }));
  }

  /** Opens what the address names, and follows it from now on. */
  start(): Promise<void> {
    this.#address.onChange(() => void this.#openAddress());
    return this.#openAddress();
  }

  /** Shows a lab in the state in which it was left. */
  async openLab(id: string, room = ''): Promise<void> {
    const { lab, instance, room: present } = this.store.getState();
    if (lab.id === id && instance && room === present) return;
    this.#writer.flush();
    this.#address.room = room;
    const kept = this.instance(id, room);
    this.#address.push(kept ? linkTo(this.#entry(id), kept).hash : `#${id}`);
    await this.#show(id);
  }

  /** Opens a link that was dropped or pasted: a step of its own. */
  openLink(hash: string): void {
    this.#writer.flush();
    this.#address.push(hash);
    void this.#openAddress();
  }

  /** Opens an experiment or a lesson; a file that cannot be opened leaves everything as it is, with the reason. */
  async openFile(file: Blob): Promise<void> {
    try {
      await this.#openers.file(file);
    } catch (error) {
      this.#failLink(error);
    }
  }

  /** Shows an experiment in the labs of a room. @param isStep whether Back leads to what was on screen before */
  async openDecoded(decoded: DecodedLink, room = this.#address.room, isStep = true): Promise<void> {
    this.#writer.flush();
    this.#address.room = room;
    if (isStep) this.#address.push(`#${decoded.lab}`);
    await this.#openDecoded(decoded);
  }

  /** A lab of a room, if it was opened there. */
  instance(lab: string, room: string): LabInstance | undefined {
    return this.#instances.get(keyOf(lab, room));
  }

  /** Ends all labs of a room, which must not be on screen. */
  close(room: string): void {
    for (const { id } of this.labs) {
      this.instance(id, room)?.dispose();
      this.#instances.delete(keyOf(id, room));
    }
  }

  /** The link to the experiment on screen. */
  link(): LinkInfo {
    const { lab, instance } = this.store.getState();
    const { hash, isWhole } = instance
      ? linkTo(lab, instance)
      : { hash: this.#address.hash(), isWhole: true };
    return { url: hash, isWhole, contents: instance?.describe(!isWhole) ?? [] };
  }

  /** The experiment on screen as a file. */
  async file(): Promise<Blob | undefined> {
    const { lab, instance } = this.store.getState();
    const { writeExperimentFile } = await import('../core/link/experiment-file');
    return instance ? writeExperimentFile(lab.id, instance.write()) : undefined;
  }

  /** Handles a drop outside the open lab. */
  takeDrop(transfer: DataTransfer): void {
    const { lab, instance } = this.store.getState();
    if (instance?.takeDrop) instance.takeDrop(transfer);
    else {
      const names = [...transfer.files].map(({ name }) => name).join(', ');
      this.store.setState({
        notice: {
          message: `“${names}” was not opened: ${lab.label} takes no files.`,
          hint: 'Drop pictures in the image lab; texts and tokenizers in the text lab.',
        },
      });
    }
  }

  retryLab(): void {
    void this.#show(this.store.getState().lab.id);
  }

  dismissLinkMessages(): void {
    this.store.setState({ linkFailure: null, linkProblems: [] });
  }

  async #openAddress(): Promise<void> {
    if (this.#writer.isCurrent()) return;
    this.#writer.rest();
    const hash = this.#address.hash();
    // A tab whose lesson was closed.
    if (!this.store.getState().lesson?.has(this.#address.room)) this.#address.room = '';
    const named = hash === '' ? this.labs[0] : this.labs.find(({ id }) => hash === `#${id}`);
    if (named && !named.path) return this.#show(named.id);
    const turn = ++this.#turn;
    let decoded: DecodedLink;
    try {
      if (/^#lesson=/.test(hash)) return await this.#openers.lesson(hash, () => turn === this.#turn);
      decoded = this.#inWords(hash) ?? (await decodeLink(hash));
      if (turn !== this.#turn) return;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#failLink(error);
      // The page stays as it is, and so does the address, so that a mistyped one can be corrected.
      if (!this.store.getState().instance) await this.#show(this.labs[0]!.id, false);
      return;
    }
    await this.#openDecoded(decoded);
  }

  #entry(id: string): LabEntry {
    return this.labs.find((entry) => entry.id === id)!;
  }

  /** An address in a lab's own words. */
  #inWords(hash: string): DecodedLink | undefined {
    const [, id = '', words = ''] = /^#([\w-]+)(?:\/(.*))?$/.exec(hash) ?? [];
    const part = this.labs.find((entry) => entry.id === id)?.path?.read(decodeURIComponent(words));
    return part && { lab: id, parts: { [id]: { ...part, version: LINK_VERSION } }, problems: [] };
  }

  async #openDecoded({ lab, parts, problems }: DecodedLink): Promise<void> {
    if (!this.labs.some(({ id }) => id === lab)) {
      this.#failLink(
        new TokenoscopeError(
          'link-invalid',
          `This link opens the lab “${lab}”, which this version does not have.`,
          'Reload the page to get the newest version, then open the link again.',
        ),
      );
      if (!this.store.getState().instance) await this.#show(this.labs[0]!.id, false);
      return;
    }
    const { room } = this.#address;
    for (const [id, part] of Object.entries(parts)) this.#pending.set(keyOf(id, room), part);
    this.store.setState({ linkFailure: null, linkProblems: problems });
    await this.#show(lab);
  }

  /** @param isAddressed whether the address becomes the lab's link */
  async #show(id: string, isAddressed = true): Promise<void> {
    const turn = ++this.#turn;
    const lab = this.#entry(id);
    this.#writer.rest();
    const { room } = this.#address;
    const key = keyOf(id, room);
    let instance = this.#instances.get(key) ?? null;
    this.store.setState({ lab, room, instance, labFailure: null, notice: null });
    if (!instance) {
      try {
        const module = await lab.load();
        instance = this.#instances.get(key) ?? this.#create(id, key, module.create(this.host));
      } catch (error) {
        if (turn === this.#turn) this.store.setState({ labFailure: unloaded(lab, error) });
        return;
      }
      if (turn !== this.#turn) return;
    }
    const wanted = this.#pending.get(key);
    this.#pending.delete(key);
    if (wanted) this.#open(instance, wanted);
    this.store.setState({ instance });
    if (isAddressed) this.#writer.follow(this.#entry(id), instance);
  }

  #create(id: string, key: string, instance: LabInstance): LabInstance {
    this.#instances.set(key, instance);
    instance.onChange((change) => {
      if (this.#opening || this.store.getState().instance !== instance) return;
      if (this.#writer.isFollowing()) this.#writer.changed(change);
      // After a broken link, the visitor's first action puts a good one into the address bar.
      else if (change !== 'correction') this.#writer.follow(this.#entry(id), instance);
    });
    return instance;
  }

  #open(instance: LabInstance, part: VersionedPart): void {
    this.#opening = true;
    try {
      const problems = instance.open(part);
      this.store.setState(({ linkProblems }) => ({ linkProblems: [...linkProblems, ...problems] }));
    } catch (error) {
      this.#failLink(error);
    } finally {
      this.#opening = false;
    }
  }

  #failLink(error: unknown): void {
    const { message, hint } =
      error instanceof TokenoscopeError ? error : { message: 'This link could not be read.', hint: '' };
    this.store.setState({ linkFailure: { message, hint }, linkProblems: [] });
  }
}

/** Names a lab of a room. */
function keyOf(lab: string, room: string): string {
  return `${room} ${lab}`;
}

function unloaded(lab: LabEntry, error: unknown): Failure {
  console.error(error);
  return {
    message: `The ${lab.title.toLowerCase()} could not be loaded.`,
    hint: 'Check the connection and try again. What you did in the other labs is still there.',
  };
}
