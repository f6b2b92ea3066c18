/** What a verification made of a drafted token. */
export type DraftFate =
  /** On the path that is kept. */
  | 'accepted'
  /** Looked at, and refused. */
  | 'rejected'
  /** Behind or beside what ended the path, so never looked at. */
  | 'unread'
  /** Not drafted: the target drew it itself, where the path ends. */
  | 'own';

/** A token of a tree of drafts. */
export interface DraftNode {
  /** Its place in the list; before this one, or -1 at the top. */
  readonly parent: number;
  /** A token of the vocabulary. */
  readonly id: number;
  readonly fate: DraftFate;
}
