import type { ComponentType } from 'react';
import * as v from 'valibot';
import { TokenoscopeError } from '../core/errors';
import type { RgbImage } from '../core/image/pixels';

/**
 * An experiment: `experiment.ts` of its folder. State, input and result are plain data: a state is in links, and all
 * three cross to a worker and back.
 */
export interface Experiment<State, Result> {
  readonly input: ExperimentInput;
  /** A valibot `strictObject` whose fields all have defaults. What is random takes its seed from here. */
  readonly state: v.GenericSchema<unknown, State>;
  /** The one field of the state that the question is about. */
  readonly control: string;
  /**
   * Computes; the same state and input always give the same result.
   * @throws TokenoscopeError `aborted` soon after the signal fires, and what is wrong with the input
   */
  run(state: State, input: Input, context: RunContext): Promise<Result>;
  figures(result: Result): readonly Figure[];
}

/** What an experiment takes, and its first sample (an id of src/catalog). */
export type ExperimentInput =
  | { readonly kind: 'text'; readonly sample: string }
  | {
      readonly kind: 'picture';
      readonly sample: string;
      /** Pictures are cropped and resized to this. */
      readonly size: { readonly width: number; readonly height: number };
    };

export type Input =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture'; readonly image: RgbImage };

export interface RunContext {
  readonly signal?: AbortSignal;
  /** Receives the share done, 0 to 1. */
  readonly progress?: (share: number) => void;
}

/** A number that was computed. */
export interface Figure {
  readonly id: string;
  readonly label: string;
  /** Undefined where this input has none, such as an empty text. */
  readonly value: number | undefined;
  /** "bytes", "%", "bits per byte". */
  readonly unit: string;
}

/** The props of `View.tsx`, which draws the control and the picture of the result; the page does the rest. */
export interface ViewProps<State, Result> {
  readonly state: State;
  /** Undefined until the first run is done; the previous state's result while the next one is computed. */
  readonly result: Result | undefined;
  readonly onChange: (state: State) => void;
}

export type ExperimentView<State, Result> = ComponentType<ViewProps<State, Result>>;

/**
 * A state from a link or command line; missing fields have their defaults.
 * @throws TokenoscopeError `link-invalid` that names the field
 */
export function readState<State>(experiment: Experiment<State, unknown>, raw: unknown): State {
  const parsed = v.safeParse(experiment.state, raw);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? 'the state';
  throw new TokenoscopeError('link-invalid', `${field} is not usable: ${issue.message}.`, 'Check its value.');
}

/** @throws TokenoscopeError `not-text` where the experiment is not for pictures */
export function textOf(input: Input): string {
  if (input.kind === 'text') return input.text;
  throw new TokenoscopeError('not-text', 'This experiment takes a text.', 'Paste or drop one.');
}

/** @throws TokenoscopeError `not-an-image` where the experiment is not for texts */
export function imageOf(input: Input): RgbImage {
  if (input.kind === 'picture') return input.image;
  throw new TokenoscopeError('not-an-image', 'This experiment takes a picture.', 'Paste or drop one.');
}
