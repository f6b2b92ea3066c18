import type { LoadProgress } from '../../engine/rpc/protocol';
import type { Experiment, ExperimentView } from '../../experiments/experiment';
import type { Paper } from '../../experiments/paper';
import type { Source } from './link-format';

/** An experiment whose code has arrived. */
export interface Loaded {
  readonly paper: Paper;
  readonly experiment: Experiment<Fields, unknown>;
  readonly View: ExperimentView<Fields, unknown>;
}

/** An experiment's state, whose fields only it knows. */
export type Fields = Readonly<Record<string, unknown>>;

/** A run in the worker. */
export interface Job {
  /** 0 to 1; null before it is known. */
  readonly share: number | null;
  /** What is fetched first. */
  readonly load: LoadProgress | null;
}

/** What came out, and of which state: also what there is so far. */
export interface Outcome {
  readonly result: unknown;
  readonly state: Fields;
  readonly isWhole: boolean;
}

export interface Problem {
  readonly message: string;
  readonly hint: string;
}

/** What the lab shows. */
export interface PapersState {
  /** Null is the index. */
  readonly id: string | null;
  /** Null while the code of the experiment is on its way. */
  readonly loaded: Loaded | null;
  /** Checked once the code is there; until then what a link says. */
  readonly fields: Fields;
  readonly source: Source;
  readonly job: Job | null;
  readonly outcome: Outcome | null;
  /** Set where the visitor has given up a run: nothing is computed until it is asked for. */
  readonly isHeld: boolean;
  readonly problem: Problem | null;
  /** What of a link could not be used, one sentence. */
  readonly notice: string | null;
}
