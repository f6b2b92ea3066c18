import type { CheckpointsState } from '../labs/image/models';
import type { ImageLabState } from '../labs/image/store';
import type { SettingsState } from '../labs/settings/store';
import type { TextLabState } from '../labs/text/store';
import type { UserTokenizersState } from '../labs/text/user-tokenizers';
import type { AppState } from './store';

/** Where a piece of state persists: in the permalink, in this browser, or nowhere. */
export type Where = 'link' | 'local' | 'nowhere';

type Table<State> = { readonly [Key in keyof State]-?: Where };

/**
 * Every state key of the page, and where it persists. The type checker refuses a key that is not declared.
 * `link` keys make the address bar follow; `local` keys are kept in this browser.
 */
export const STATE_TABLE: {
  readonly app: Table<AppState>;
  readonly settings: Table<SettingsState>;
  readonly imageLab: Table<ImageLabState>;
  readonly checkpoints: Table<CheckpointsState>;
  readonly textLab: Table<TextLabState>;
  readonly userTokenizers: Table<UserTokenizersState>;
} = {
  app: { lab: 'link', linkFailure: 'nowhere', linkProblems: 'nowhere', storageRefused: 'nowhere' },
  settings: { theme: 'local', backend: 'local', hub: 'local', report: 'nowhere' },
  imageLab: {
    model: 'link',
    second: 'link',
    k: 'link',
    source: 'link',
    shownModel: 'link',
    ids: 'link',
    wanted: 'link',
    phase: 'nowhere',
    progress: 'nowhere',
    problem: 'nowhere',
    notes: 'nowhere',
    view: 'link',
    steps: 'link',
    seed: 'link',
    smooth: 'nowhere',
  },
  checkpoints: {
    // Kept in the browser's database; see engine/storage/checkpoint-store.ts.
    checkpoints: 'local',
    // Of those that are shown, beside their ids.
    linked: 'link',
    dialog: 'nowhere',
    dropped: 'nowhere',
  },
  textLab: {
    tokenizers: 'link',
    document: 'link',
    showIds: 'link',
    showWhitespace: 'link',
    own: 'nowhere',
    note: 'nowhere',
  },
  userTokenizers: {
    // Kept by content in the browser's database; see engine/text/stored-tokenizers.ts.
    tokenizers: 'local',
    isListed: 'nowhere',
    // Of those that are shown, beside their hashes.
    linked: 'link',
    removed: 'nowhere',
  },
};

/** The keys of one slice that persist in the given place. */
export function keysKept<State>(table: Table<State>, where: Where): (keyof State)[] {
  return (Object.keys(table) as (keyof State)[]).filter((key) => table[key] === where);
}

/** True where one of `keys` differs between two states of a slice. */
export function changed<State>(keys: readonly (keyof State)[], a: State, b: State): boolean {
  return keys.some((key) => !Object.is(a[key], b[key]));
}
