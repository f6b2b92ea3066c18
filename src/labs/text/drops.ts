import { collect, type Transfer } from '../../views/intake/collect';
import { linkIn } from '../../views/intake/links';
import type { LabHost } from '../lab';
import type { TextIntake } from './intake';
import type { TextState } from './text-state';

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

  /**
   * Files and folders are taken in, a permalink of this page opens, another text takes the place of the present one.
   * Call it in the event's own task.
   */
  take(brought: Transfer): void {
    const { host, state, intake } = this.#lab;
    const { files, folders, text } = collect(brought);
    if (files.length + folders.length > 0) {
      void intake.take(files, {}, folders);
      return;
    }
    const hash = linkIn(text.plain, this.#page());
    if (hash) host.openLink(hash);
    else if (text.plain) state.replace(text.plain.replace(/\r\n?/g, '\n'));
  }
}
