import type { ImageExperiment, LaneExperiment } from './experiment';
import { sentOf } from './lanes/lane-sent';
import { samplingForLink } from './lanes/sampling-for-link';
import type { LabModels } from './models';
import { isWithin } from './pair/pair';
import { type ImageSource, sameIds, sameSource, type TokenRow } from './source';
import { FIRST_METRIC, type ImageLabState } from './store';

/** What the lab shows, or what a link has asked it to show: a picture from disk travels as the tokens of every lane. */
export function imageExperiment(state: ImageLabState, models: LabModels): ImageExperiment {
  const { source, wanted, wantedBy } = state;
  const isAsked = wanted !== null && (wantedBy === 'link' || source === null);
  const described = isAsked ? wanted : source;
  const rows = described ? rowsOf(described, state, models, isAsked) : [];
  const ids = state.lanes.map((lane, i) =>
    i === 0 && !isAsked ? (lane.opened.get()?.model ?? lane.model) : lane.model,
  );
  const used = rows.filter((row) => ids.some((id) => models.rowFor(rows, id) === row));
  const sampling = samplingForLink(state, ids, models);
  const traveling = used.length > 0 && described && described.kind !== 'sample' ? described : null;
  const lanes = ids.map((id, at): LaneExperiment => {
    const row = models.rowFor(used, id);
    // A link's tokens keep the version they were made with, also when the link is passed on.
    const hash = row?.models.find((model) => model.id === id)?.hash || models.hash(id);
    const sent = traveling && sentOf(state.lanes, at, traveling, state);
    const index = row ? { row: used.indexOf(row) } : {};
    return { model: id, modelHash: hash, ...index, ...sampling.each[at], ...sent };
  });
  const hasFigures = lanes.some(({ figure }) => figure !== undefined);
  const names = models.namesForLink(ids);
  return {
    lanes,
    ...(names ? { checkpointNames: names } : {}),
    k: Math.min(state.k, used[lanes[0]!.row ?? -1]?.ids.length ?? state.k),
    view: state.view,
    ...(state.pair && isWithin(state.pair, state.lanes.length) ? { pair: state.pair } : {}),
    ...(state.metric === FIRST_METRIC ? {} : { metric: state.metric }),
    ...(lanes.length < 2 || state.linked === 'tokens' ? {} : { linked: state.linked }),
    ...(hasFigures ? { metricOfFigures: state.metric } : {}),
    ...sampling.all,
    source: linkSource(described, used),
  };
}

function linkSource(source: ImageSource | null, rows: readonly TokenRow[]): ImageExperiment['source'] {
  if (source?.kind === 'sample') {
    const { kind, id, crop } = source;
    return crop ? { kind, id, crop } : { kind, id };
  }
  return rows.length === 0 ? null : { kind: 'tokens', rows: rows.map(({ ids, bits }) => ({ ids, bits })) };
}

/** Every row of tokens of a picture, with the models that it belongs to. */
function rowsOf(
  source: ImageSource,
  { lanes }: ImageLabState,
  models: LabModels,
  isAsked: boolean,
): readonly TokenRow[] {
  if (source.kind === 'sample') return [];
  const rows: TokenRow[] = source.kind === 'tokens' ? [...source.rows] : [];
  for (const lane of isAsked ? [] : lanes) {
    const picture = lane.opened.get();
    // What a lane still shows of an earlier picture, or by an earlier model, belongs to that.
    if (!picture || picture.codec || !sameSource(picture.source, source)) continue;
    if (lane !== lanes[0] && picture.model !== lane.model) continue;
    if (models.rowFor(rows, picture.model)) continue;
    const at = rows.findIndex(({ ids }) => ids === picture.ids || sameIds(ids, picture.ids));
    const model = { id: picture.model, hash: models.hash(picture.model) };
    if (at >= 0) rows[at] = { ...rows[at]!, models: [...rows[at]!.models, model] };
    else {
      const bits = Math.max(models.find(picture.model)?.tokens.bits ?? 16, bitsFor(picture.ids));
      rows.push({ ids: picture.ids, bits, models: [model] });
    }
  }
  return rows;
}

/** Bits of the largest id, for a model that was deleted meanwhile and no longer states its own. */
function bitsFor(ids: Uint32Array): number {
  return 32 - Math.clz32(ids.reduce((most, id) => Math.max(most, id), 1));
}

/** What a link's experiment asks the lab to open; null where it names no picture. */
export function sourceOf({ source, lanes, k, metricOfFigures: metric }: ImageExperiment): ImageSource | null {
  if (source?.kind !== 'tokens') return source;
  const rows = source.rows.map((row, at) => ({
    ...row,
    models: lanes.flatMap(({ model, modelHash, row: of }) =>
      of === at ? { id: model, hash: modelHash } : [],
    ),
  }));
  const hasSent = lanes.some(({ file, figure, secondHand }) => file ?? figure ?? secondHand);
  if (!hasSent) return { kind: 'tokens', rows };
  return {
    kind: 'tokens',
    rows,
    sent: { k, metric, lanes },
  };
}

/** Whether two experiments show the same picture by the same lead. */
export function sameLead(a: ImageExperiment, b: ImageExperiment): boolean {
  if (a.lanes[0]!.model !== b.lanes[0]!.model) return false;
  if (a.source?.kind === 'sample' && b.source?.kind === 'sample') return sameSource(a.source, b.source);
  const [one, other] = [leadIds(a), leadIds(b)];
  return one !== undefined && other !== undefined && sameIds(one, other);
}

function leadIds({ source, lanes }: ImageExperiment): Uint32Array | undefined {
  return source?.kind === 'tokens' ? source.rows[lanes[0]!.row ?? -1]?.ids : undefined;
}
