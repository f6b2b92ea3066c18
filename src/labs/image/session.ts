import { TokenoscopeError } from '../../core/errors';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import { type CropSquare, sameSquare } from '../../core/image/crop';
import { forgetFrames } from '../../engine/image/player';
import type { Breath } from './breath';
import { editOf, withEdit } from './edit/edited';
import type { ImageExperiment } from './experiment';
import type { Drawing, Lane } from './lane';
import { LaneList, type LaneListParts } from './lane-list';
import { sameLead, sourceOf } from './link';
import { asProblem, canDraw, cannotDraw, canRetry } from './load';
import { Look } from './look';
import { type ImageSource, type LabNote, type OpenPicture, sameSource } from './source';
import { FIRST_MODEL, tokenCount } from './store';

/** What a session needs. */
export interface SessionParts extends LaneListParts {
  readonly breath: Pick<Breath, 'start' | 'stop'>;
}

/**
 * What a visitor or a link does with the lab: which picture is open, by which models, and how many tokens of it show.
 * One action of the visitor is one step of the history, reported when its picture is on screen.
 */
export class Session extends Look {
  readonly #parts: SessionParts;
  readonly #lanes: LaneList;
  /** False until the lab is on screen: nothing is fetched before. */
  #isActive = false;
  #mayBreathe = true;
  /** The link's picture that was played last. */
  #played: ImageSource | null = null;
  /** What to open if the first file is not a picture and nothing is on screen yet. */
  #instead: ImageSource | null = null;
  /** The model that the visitor chose and that could not be loaded: `retry` takes it up again. */
  #refused: string | null = null;

  constructor(parts: SessionParts) {
    const lanes = new LaneList(parts);
    super(parts, lanes);
    this.#parts = parts;
    this.#lanes = lanes;
  }

  /** The lab came on screen: opens the requested picture or resumes the open one. Returns the way to leave. */
  activate(): () => void {
    this.#isActive = true;
    const { wanted, wantedBy, problem } = this.state;
    if (wanted && !this.lead.isLoading && !problem) void this.#open(wanted, wantedBy);
    else this.#lanes.resume();
    return () => {
      this.#isActive = false;
      this.#parts.breath.stop();
    };
  }

  get isLoading(): boolean {
    return this.state.lanes.some((lane) => lane.isLoading);
  }

  /** Stops all decoding, until the lab is on screen again. */
  rest(): void {
    this.#lanes.rest();
  }

  /** Opens a picture file that was dropped, pasted or picked. @param name empty where it has none. @param notes what to say of it */
  openFile(file: Blob, name = '', notes: readonly LabNote[] = []): void {
    const { source, wanted } = this.state;
    if (wanted?.kind !== 'file') this.#instead = source ? null : wanted;
    this.#mayBreathe = false;
    void this.#open({ kind: 'file', name, file, notes }, 'visitor');
  }

  openSample(id: string): void {
    this.#mayBreathe = false;
    void this.#open({ kind: 'sample', id }, 'visitor');
  }

  /** Encodes another square of the picture, by every lane; undefined is its centre. Nothing for a picture that came as tokens. */
  crop(square: CropSquare | undefined): void {
    const { source, wanted } = this.state;
    const picture = wanted ?? source;
    if (!picture || picture.kind === 'tokens' || sameSquare(picture.crop, square)) return;
    const { crop: _, ...whole } = picture;
    void this.#open(square ? { ...whole, crop: square } : whole, 'visitor');
  }

  /** The same picture by another model. If the model cannot show the picture, it is refused and nothing changes. */
  setModel(lane: Lane, model: string): void {
    if (model === lane.model) return;
    const { source, wanted, k } = this.state;
    const picture = wanted ?? source;
    if (lane !== this.lead) {
      lane.choose(model);
      this.tell('step');
      void this.#lanes.follow(lane, 'alone');
      return;
    }
    const isAble = !picture || canDraw(this.#parts, model, picture) || this.#lanes.hasBasis(picture);
    if (picture?.kind === 'tokens' && !isAble) {
      this.set({ problem: cannotDraw(this.#parts.models, model, picture.rows) });
      return;
    }
    lane.choose(model);
    // Until its picture is there, k belongs to the picture on screen.
    if (!source) this.set({ k: Math.min(k, tokenCount(this.state, this.#parts.models) ?? k) });
    if (picture) void this.#open(picture, 'visitor');
  }

  /** Adds another model, or a codec, to those on screen. @param drawing how it draws, apart from the others */
  addLane(model: string, drawing: Drawing | null = null): void {
    const lane = this.#lanes.add(model);
    if (!lane) return;
    lane.draw(drawing);
    this.tell('step');
    void this.#lanes.follow(lane, 'alone');
  }

  /** Removes a lane; the last one stays. */
  removeLane(lane: Lane): void {
    const { lanes, k } = this.state;
    if (lanes.length < 2 || !lanes.includes(lane)) return;
    if (lane === this.lead) this.cancel();
    if (!this.#lanes.remove(lane)) return;
    this.set({ k: Math.min(k, tokenCount(this.state, this.#parts.models) ?? k) });
    this.tell('step');
  }

  /** Tries again what failed: the picture of the lab, or of one lane. */
  retry(lane = this.lead): void {
    if (lane !== this.lead) {
      void this.#lanes.follow(lane, 'alone');
      return;
    }
    const { wanted, wantedBy } = this.state;
    this.set({ problem: null });
    if (wanted && this.#refused) lane.choose(this.#refused);
    if (wanted) void this.#open(wanted, wantedBy);
    else lane.replay();
  }

  /** Stops loading; the picture on screen stays. */
  cancel(): void {
    const { source, wanted } = this.state;
    this.lead.cancel();
    this.set({ wanted: source ? null : wanted });
    this.#leaveModel();
    this.#lanes.resume();
    this.tell('correction');
  }

  dismissProblem(): void {
    const { source, wanted } = this.state;
    this.set({ problem: null, wanted: source ? null : wanted });
    this.#leaveModel();
    this.tell('correction');
  }

  /** Says why something could not be done that was asked for: taking what was dropped or pasted, say. */
  refuse(message: string, hint: string): void {
    this.set({ problem: new TokenoscopeError('not-an-image', message, hint) });
  }

  /** A model's weights have changed: its tokens and frames are computed again. */
  async reloadModel(id: string): Promise<void> {
    const { engine, recent } = this.#parts;
    await engine.close(id);
    recent.forget(id);
    forgetFrames(id);
    const { wanted, source } = this.state;
    const again = wanted ?? source;
    for (const lane of this.#lanes.followers)
      if (lane.model === id) void this.#lanes.follow(lane, 'alone', true);
    if (this.lead.model === id && again) void this.#open(again, this.state.wantedBy);
  }

  /** A model was deleted: no lane plays it any more. A link's tokens for it stay, and the page asks for it there. */
  async dropModel(id: string): Promise<void> {
    await this.#parts.engine.close(id);
    for (const lane of this.#lanes.followers) if (lane.model === id) this.removeLane(lane);
    if (this.lead.model === id && this.state.source?.kind !== 'tokens') this.setModel(this.lead, FIRST_MODEL);
  }

  /** Brings the lab to what a link says. Does nothing if it already shows that; moves only k if only k differs. */
  show(experiment: ImageExperiment): void {
    const { models, breath } = this.#parts;
    this.#mayBreathe = false;
    breath.stop();
    if (this.lead.isLoading && this.state.wantedBy === 'visitor') this.cancel();
    const now = this.experiment();
    const { lanes, k } = experiment;
    if (experiment.checkpointNames) models.name(experiment.checkpointNames);
    this.lookAs(experiment);
    this.#lanes.arrange(lanes.slice(1).map(({ model }) => model));
    for (const [i, lane] of lanes.entries()) {
      this.state.lanes[i]!.draw(
        lane.seed === undefined ? null : { steps: lane.steps ?? null, seed: lane.seed },
      );
    }
    const source = sourceOf(experiment) ?? this.state.wanted ?? this.state.source;
    const isSame =
      experiment.source === null ? lanes[0]!.model === this.lead.model : sameLead(experiment, now);
    if (isSame || !source) {
      if (!isSame) this.lead.choose(lanes[0]!.model);
      for (const lane of this.#lanes.followers) void this.#lanes.follow(lane, 'along');
      const edit = experiment.edited?.ids ?? null;
      if (this.state.wanted) this.set({ wantedEdit: edit });
      else if (isSame) this.showIds(edit);
      this.setK(k);
      return;
    }
    this.lead.choose(lanes[0]!.model);
    this.set({
      wanted: source,
      wantedBy: 'link',
      problem: null,
      wantedEdit: experiment.edited?.ids ?? null,
    });
    this.set({ k: Math.min(Math.max(1, k), tokenCount({ ...this.state, source: null }, models) ?? k) });
    if (this.#isActive) void this.#open(source, 'link');
  }

  async #open(wanted: ImageSource, wantedBy: 'visitor' | 'link', keepProblem = false): Promise<void> {
    const { breath } = this.#parts;
    const { lead } = this;
    breath.stop();
    this.#refused = null;
    this.set({
      wanted,
      wantedBy,
      ...(keepProblem ? {} : { problem: null }),
      ...(wantedBy === 'visitor' ? { wantedEdit: null } : {}),
    });
    // What a slow model still computes for the old picture must not delay the new one.
    this.#lanes.rest();
    try {
      const picture = await lead.load((aborted, onStep) =>
        this.#lanes.loadModel(lead.model, wanted, aborted, onStep, this.state.k),
      );
      if (picture) this.#present(picture, wantedBy);
    } catch (error) {
      this.#fail(error);
    }
  }

  #present(picture: OpenPicture, wantedBy: 'visitor' | 'link'): void {
    const { recent, models, breath } = this.#parts;
    recent.remember(picture);
    void models.listOnce(); // after the first picture: nothing waits for it
    this.inspected.set(null);
    // The number of tokens of a checkpoint's picture is known only now.
    const k = Math.min(this.state.k, picture.ids.length);
    const { wantedEdit, edited: before } = this.state;
    const edited = editOf(picture, wantedEdit, before, models);
    this.set({ source: picture.source, wanted: null, wantedEdit: null, edited, k });
    this.lead.play(withEdit(picture, edited, models), this.#lanes.positionOf(this.lead, picture), (error) =>
      this.set({ problem: asProblem(error) }),
    );
    this.tell(wantedBy === 'visitor' ? 'step' : 'correction');
    const others = this.#lanes.followers.map((lane) => this.#lanes.follow(lane, 'along'));
    const plays = this.#mayPlay(picture, wantedBy);
    if (this.#mayBreathe || plays) {
      breath.start({
        count: picture.ids.length,
        end: k,
        setK: (to) => this.setK(to),
        isShown: () => this.state.lanes.every((lane) => lane.awaited.get() === null),
        // Of a link what was sent is seen first, by every lane, and is there again when the play ends.
        ...(plays ? { ready: Promise.all(others).then(() => this.#lanes.drawn()) } : {}),
      });
    }
    this.#mayBreathe = false;
  }

  /** A picture that came as tokens only is played once: whoever opens the link has not seen it sharpen. */
  #mayPlay({ source, model, original }: OpenPicture, wantedBy: 'visitor' | 'link'): boolean {
    if (wantedBy !== 'link' || original || sameSource(source, this.#played)) return false;
    this.#played = source;
    // A checkpoint takes seconds for a picture.
    return !isCheckpointId(model);
  }

  #fail(error: unknown): void {
    const problem = this.#lanes.explained(error, this.lead.model);
    const { source, wanted, wantedBy } = this.state;
    // A sample or a link can be tried again; a file that is not a picture cannot become one.
    const keep = wanted && canRetry(problem) ? wanted : null;
    this.set({ problem, wanted: keep });
    // The name above the picture is that of the model which drew it, also while the failure stands.
    if (source && keep && wantedBy === 'visitor' && problem.code !== 'checkpoint-missing') {
      this.#refused = this.lead.model;
      this.#leaveModel();
    } else if (!keep) this.#leaveModel();
    this.#lanes.resume();
    this.tell('correction');
    const instead = this.#instead;
    this.#instead = null;
    if (!source && !keep && instead) void this.#open(instead, 'link', true);
  }

  /** The lead goes back to the model whose picture is on screen. */
  #leaveModel(): void {
    const { source } = this.state;
    const shown = this.lead.opened.get();
    if (source && shown) this.lead.choose(shown.model);
  }
}
