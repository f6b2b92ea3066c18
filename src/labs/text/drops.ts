import type { LabHost } from '../lab';
import type { TextIntake } from './intake';
import { permalinkIn } from './permalink';
import type { TextState } from './text-state';

/** The part of `DataTransfer` that a drop or paste needs. */
export interface Brought {
  readonly files: Iterable<File>;
  getData(type: string): string;
}

/** The parts of a lab that drops go to. */
export interface DropsLab {
  readonly host: LabHost;
  readonly state: TextState;
  readonly intake: TextIntake;
}

/** Takes what is dropped or pasted beside the text field. */
export class TextDrops {
  readonly #lab: DropsLab;
  readonly #page: () => string;

  /** @param page the page's address, for tests */
  constructor(lab: DropsLab, page: () => string = () => location.href) {
    this.#lab = lab;
    this.#page = page;
  }

  /** Whether a drop is a permalink of this page: it opens, wherever it falls. */
  isPermalink(brought: Brought): boolean {
    return permalinkIn(brought.getData('text/plain'), this.#page()) !== undefined;
  }

  /** Files are taken in, a permalink of this page opens, another text takes the place of the present one. */
  take(brought: Brought): void {
    const { host, state, intake } = this.#lab;
    const files = [...brought.files];
    const text = brought.getData('text/plain');
    const hash = permalinkIn(text, this.#page());
    if (files.length > 0) void intake.take(files);
    else if (hash) host.openLink(hash);
    else if (text) state.replace(text.replace(/\r\n?/g, '\n'));
  }
}
