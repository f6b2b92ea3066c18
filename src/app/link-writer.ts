import { encodeLink } from '../core/link/envelope';
import type { LinkPart } from '../core/link/link-part';
import type { LabChange, LabEntry, LabInstance } from '../labs/lab';
import type { AddressBar } from './address-bar';

/** While a slider moves or a text is typed, the address bar follows after this pause: browsers throttle it. */
const PAUSE_MS = 250;

/** The link to what an instance shows; what no link can hold is left out, and `isWhole` says so. */
export function linkTo(
  lab: Addressed,
  instance: LabInstance,
): { readonly hash: string; readonly isWhole: boolean } {
  const whole = encode(lab, instance.write());
  return whole === undefined
    ? { hash: encode(lab, instance.write(true)) ?? `#${lab.id}`, isWhole: false }
    : { hash: whole, isWhole: true };
}

/** What a lab's address is made with. */
type Addressed = Pick<LabEntry, 'id' | 'path'>;

/** The page must not fail because of a link: what cannot be written stays as it is. */
function encode({ id, path }: Addressed, part: LinkPart): string | undefined {
  try {
    const words = path?.write(part);
    if (words !== undefined) return words === '' ? `#${id}` : `#${id}/${words}`;
    return encodeLink(id, part);
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/**
 * Keeps the address bar in step with one lab: a step of the visitor makes a history entry, an edit replaces the
 * present entry after a pause, a correction at once.
 */
export class LinkWriter {
  readonly #address: AddressBar;
  #lab: Addressed = { id: '' };
  #instance: LabInstance | undefined;
  /** The hash that was last opened or written. */
  #written = '';
  /** The link of the entry that waits for the pause. */
  #waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly hash: () => string } | undefined;

  constructor(address: AddressBar) {
    this.#address = address;
  }

  /** Whether the address bar shows what was written last. */
  isCurrent(): boolean {
    return this.#written !== '' && this.#address.hash() === this.#written;
  }

  /** Whether the address follows an instance. */
  isFollowing(): boolean {
    return this.#instance !== undefined;
  }

  /** Follows this instance from now on. The present entry becomes its link. */
  follow(lab: Addressed, instance: LabInstance): void {
    this.#lab = lab;
    this.#instance = instance;
    this.#drop();
    this.#write('replace', linkTo(lab, instance).hash);
  }

  /** Follows nothing; the address stays as it is, even if it is wrong. */
  rest(): void {
    this.#drop();
    this.#instance = undefined;
    this.#written = '';
  }

  /** Handles a change that an instance reported. */
  changed(change: LabChange): void {
    const instance = this.#instance;
    if (!instance) return;
    const lab = this.#lab;
    if (change === 'edit') {
      // Taken now: at the next step it would be another experiment. Packing waits for the pause, after which a link that
      // the visitor has just put into the address bar must stay.
      const whole = instance.write();
      const short = instance.write(true);
      this.#drop();
      this.#waiting = {
        timer: setTimeout(() => (this.isCurrent() ? this.flush() : this.#drop()), PAUSE_MS),
        hash: () => encode(lab, whole) ?? encode(lab, short) ?? `#${lab.id}`,
      };
      return;
    }
    if (change === 'step') this.flush();
    else this.#drop();
    this.#write(change === 'step' ? 'push' : 'replace', linkTo(lab, instance).hash);
  }

  /** Writes what waits for the pause. */
  flush(): void {
    const waiting = this.#waiting;
    this.#drop();
    if (waiting) this.#write('replace', waiting.hash());
  }

  #drop(): void {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = undefined;
  }

  #write(how: 'push' | 'replace', hash: string): void {
    this.#written = hash;
    if (hash !== this.#address.hash()) this.#address[how](hash);
  }
}
