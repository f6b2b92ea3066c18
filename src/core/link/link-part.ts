/** A lab's part of a link: a JSON head of short keys, and bytes that JSON would bloat. */
export interface LinkPart {
  readonly head: Readonly<Record<string, unknown>>;
  readonly blob: Uint8Array;
}

/** A part that came in a link: nothing in it has been checked, and its version defines its fields. */
export interface VersionedPart {
  /** Version of the link format that it was written in. */
  readonly version: number;
  readonly head: Readonly<Record<string, unknown>>;
  readonly blob: Uint8Array;
}

/** The part of a lab that has no experiment: its link only names the lab. */
export const EMPTY_PART: LinkPart = { head: {}, blob: new Uint8Array(0) };
