/** The address bar's hash and the history behind it. */
export interface AddressBar {
  /** With its `#`; empty where there is none. */
  hash(): string;
  /** A new entry of the history. */
  push(hash: string): void;
  /** Replaces the present entry. */
  replace(hash: string): void;
  /** Reports Back, Forward and links typed by hand. */
  onChange(listener: () => void): void;
}

export const browserAddressBar: AddressBar = {
  hash: () => location.hash,
  push: (hash) => history.pushState(null, '', hash),
  replace: (hash) => history.replaceState(null, '', hash),
  onChange: (listener) => window.addEventListener('hashchange', listener),
};
