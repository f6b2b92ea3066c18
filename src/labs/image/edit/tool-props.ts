/** What is chosen for several tools at once. */
export interface Settings {
  /** How many tokens at the beginning stay. */
  readonly head: number;
  /** 1..100. */
  readonly percent: number;
  readonly seed: number;
}

/** What a group of tools works with. */
export interface ToolProps {
  /** The token (from 0) that tools of one token change. */
  readonly at: number;
  /** The tokens on screen. */
  readonly ids: Uint32Array;
  readonly settings: Settings;
  readonly onSettings: (change: Partial<Settings>) => void;
}
