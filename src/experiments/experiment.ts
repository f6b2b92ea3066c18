import type { ComponentType } from 'react';
import * as v from 'valibot';
import { TokenoscopeError } from '../core/errors';
import type { RgbImage } from '../core/image/pixels';
import type { Tokenizer } from '../core/text/tokens';
import type { OpenModel } from '../engine/lm/open-model';

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
  /** Fields that only choose what of a result is shown and which figures are read off it: a change of these runs nothing. */
  readonly shown?: readonly (keyof State & string)[];
  /** Whether the `seed` of a state decides anything in it; by default it always does. The page offers a new one only then. */
  isRandom?(state: State): boolean;
  /**
   * Computes; the same state and input always give the same result, whatever the fields of `shown` say.
   * @throws TokenoscopeError `aborted` soon after the signal fires, and what is wrong with the input
   */
  run(state: State, input: Input, context: RunContext<Result>): Promise<Result>;
  figures(result: Result, state: State): readonly Figure[];
}

/** What an experiment takes, and its first sample. */
export type ExperimentInput =
  | {
      readonly kind: 'text';
      /** An id of src/catalog/texts, or of `samples`. */
      readonly sample: string;
      /** More samples, beside those of the catalogue. */
      readonly samples?: readonly ExperimentSample[];
      /** The most bytes that a visitor's text may have; 1 MB by default. */
      readonly limit?: number;
    }
  | {
      readonly kind: 'picture';
      readonly sample: string;
      /** Pictures are cropped and resized to this. */
      readonly size: { readonly width: number; readonly height: number };
    };

export type Input =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture'; readonly image: RgbImage };

/** A text of an experiment's own, loaded when it is chosen. */
export interface ExperimentSample {
  /** Part of published links: never change or reuse one. No id of src/catalog/texts. */
  readonly id: string;
  readonly label: string;
  load(): Promise<string>;
}

export interface RunContext<Result = unknown> {
  readonly signal?: AbortSignal;
  /** Receives the share done, 0 to 1. */
  readonly progress?: (share: number) => void;
  /** Receives what there is so far, to be shown while the rest is computed. As often as it likes: the page takes a few a second. */
  readonly preview?: (result: Result) => void;
  /**
   * Loads a tokenizer of the catalogue, once.
   * @throws TokenoscopeError `tokenizer-unknown`, `tokenizer-fetch`, `aborted`
   */
  tokenizer(id: string): Promise<Tokenizer>;
  /**
   * Loads a language model of `public/lm`, once.
   * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `aborted`
   */
  languageModel(id: string): Promise<OpenModel>;
}

/** A number that was computed. */
export interface Figure {
  readonly id: string;
  readonly label: string;
  /** Undefined where this input has none, such as an empty text. */
  readonly value: number | undefined;
  /** "bytes", "%", "bits per byte". */
  readonly unit: string;
  /**
   * On the claim's card: why the figure is far from the paper's, or why there is none, in a sentence. The list of figures
   * goes without one that only says why there is none.
   */
  readonly note?: string;
}

/** The props of `View.tsx`, which draws the control and the picture of the result; the page does the rest. */
export interface ViewProps<State, Result> {
  readonly state: State;
  /** Undefined until there is something; the previous state's result while the next one is computed. */
  readonly result: Result | undefined;
  readonly onChange: (state: State) => void;
}

export type ExperimentView<State, Result> = ComponentType<ViewProps<State, Result>>;

/**
 * The text of a sample: the experiment's own, or one of the catalogue.
 * @throws TokenoscopeError `link-invalid` for an id that neither knows
 */
export async function sampleText(input: ExperimentInput, id: string): Promise<string> {
  const own = input.kind === 'text' ? input.samples?.find((sample) => sample.id === id) : undefined;
  if (own) return await own.load();
  const { sampleTexts } = await import('../catalog/texts');
  const text = sampleTexts.find((sample) => sample.id === id)?.text;
  if (text !== undefined) return text;
  throw new TokenoscopeError('link-invalid', `There is no sample "${id}" here.`, 'Choose one of the list.');
}

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
