/** The address bar's hash and the history behind it. */
export interface AddressBar {
  /** Which labs the present entry belongs to: the visitor's own (''), or those of a lesson's tab. Kept with new entries. */
  room: string;
  /** With its `#`; empty where there is none. */
  hash(): string;
  /** A new entry of the history. */
  push(hash: string): void;
  /** Replaces the present entry. */
  replace(hash: string): void;
  /** Reports Back, Forward and links typed by hand; `room` is that entry's. */
  onChange(listener: () => void): void;
}

/** The browser's own. */
export class BrowserAddressBar implements AddressBar {
  room = roomNow();
  hash = () => location.hash;
  push = (hash: string) => history.pushState(this.room, '', hash);
  replace = (hash: string) => history.replaceState(this.room, '', hash);
  onChange = (listener: () => void) =>
    window.addEventListener('hashchange', () => {
      this.room = roomNow();
      listener();
    });
}

const roomNow = () => String(history.state ?? '');
