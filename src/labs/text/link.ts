import type { Json } from '../../core/link/json';
import { SETTINGS_LIMIT } from '../../core/link/limits';
import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import { formatBytes, formatInteger } from '../../ui/format';
import type { LabChange } from '../lab';
import type { ColumnList } from './column-list';
import type { TextExperiment } from './experiment';
import type { TextIntake } from './intake';
import { labTokenizer } from './lab-tokenizers';
import { linkFormat } from './link-format';
import type { OwnTokenizers } from './own-tokenizers';
import { textPanes } from './pane-list';
import type { Panes } from './pane-state';
import type { TextState } from './text-state';

/** The parts of a lab that a link describes. */
export interface LinkedLab {
  readonly state: TextState;
  readonly columns: ColumnList;
  readonly own: OwnTokenizers;
  readonly panes: Panes;
  readonly intake: TextIntake;
}

/** A lab's experiment as a link or an experiment file holds it. */
export class LabLink {
  readonly #lab: LinkedLab;
  /** True while a worker reads the long text of a link, whose arrival is not a step of the visitor. */
  #isReading = false;

  constructor(lab: LinkedLab) {
    this.#lab = lab;
  }

  /** The experiment on screen. Cheap: a text that is held as bytes is not copied. */
  experiment(short = false): TextExperiment {
    const { state, columns, own, panes } = this.#lab;
    const { open, settings: all } = panes.get();
    const settings = thatFit(all);
    const { document, showIds, showWhitespace } = state.get();
    const { special, addSpecialTokens } = document.encode;
    const fileNames = own.namesOf(columns.ids);
    const fileOrigins = own.originsOf(columns.ids);
    return {
      tokenizers: columns.ids,
      ...(fileNames ? { fileNames } : {}),
      ...(fileOrigins ? { fileOrigins } : {}),
      text: short
        ? { kind: 'omitted', bytes: document.bytes.length }
        : document.text === null || document.text.isWellFormed()
          ? { kind: 'utf8', bytes: document.bytes }
          : { kind: 'inline', value: document.text },
      showIds,
      showWhitespace,
      ...(special === 'text' ? {} : { special }),
      ...(addSpecialTokens ? { addSpecialTokens } : {}),
      ...(open === null ? {} : { pane: open }),
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
    };
  }

  write(short = false): LinkPart {
    return linkFormat.write(this.experiment(short));
  }

  /**
   * Opens what a link says; what is shown already stays untouched. A text that did not travel leaves the present one
   * in place, with a note. Tokenizers that this version does not have are left out; files that are not here get a
   * column that asks for them.
   */
  open(part: VersionedPart): readonly string[] {
    const problems: string[] = [];
    const experiment = linkFormat.read(part, problems);
    const { state, columns, own, panes } = this.#lab;
    own.rememberNames(experiment.fileNames ?? {}, experiment.fileOrigins);
    columns.set(experiment.tokenizers.filter((id) => labTokenizer(id, own.get())));
    const { showIds, showWhitespace } = state.get();
    if (experiment.showIds !== showIds) state.showIds(experiment.showIds);
    if (experiment.showWhitespace !== showWhitespace) state.showWhitespace(experiment.showWhitespace);
    const { special = 'text', addSpecialTokens = false } = experiment;
    state.treat({ special, addSpecialTokens });
    panes.replace({ open: experiment.pane ?? null, settings: experiment.settings ?? {} });
    this.#openText(experiment.text);
    return problems;
  }

  /** What travels in a link and what does not, in sentences. */
  describe(short: boolean): readonly string[] {
    const { state, columns, own } = this.#lab;
    const count = columns.ids.length;
    const tokenizers = `${formatInteger(count)} ${count === 1 ? 'tokenizer' : 'tokenizers'}`;
    const { bytes } = state.get().document;
    const contents = short
      ? [
          count === 0 ? 'How the tokens are shown.' : `The ${tokenizers}, in their order.`,
          `Not the text (${formatBytes(bytes.length)}): it is too long for a link. An experiment file holds it.`,
        ]
      : [
          bytes.length === 0
            ? `No text${count === 0 ? '' : `, and ${tokenizers}`}.`
            : `The text (${formatBytes(bytes.length)})${count === 0 ? '' : `, and ${tokenizers}`}.`,
        ];
    const { special, addSpecialTokens } = state.get().document.encode;
    if (special !== 'text' || addSpecialTokens) contents.push('How special tokens are treated.');
    const { open, settings } = this.#lab.panes.get();
    const fitting = thatFit(settings);
    const names = textPanes.flatMap(({ id, label }) => (id in fitting ? label : []));
    if ('strip' in fitting) names.push('the comparison');
    if (names.length > 0) contents.push(`Settings of ${names.join(', ')}.`);
    const front = textPanes.find(({ id }) => id === open);
    if (front) contents.push(`Open tab: ${front.label}.`);
    if ('fingerprint' in settings) contents.push('A fingerprint: the ids that a tokenizer should give.');
    if (fitting !== settings) {
      contents.push('Not all that the panes hold: it is too long for a link.');
    }
    const files = Object.values(own.namesOf(columns.ids) ?? {});
    if (files.length > 0) {
      const it = files.length === 1;
      const origins = Object.values(own.originsOf(columns.ids) ?? {});
      const rest =
        origins.length === files.length
          ? `and where to fetch ${it ? 'it' : 'them'}`
          : `not the ${it ? 'file' : 'files'}: whoever opens this needs ${it ? 'it' : 'them'}`;
      contents.push(`The name and the sha256 of ${files.join(' and ')}, ${rest}.`);
    }
    return contents;
  }

  /** Reports changes that `write` would show. @returns the way to stop */
  onChange(listener: (change: LabChange) => void): () => void {
    const { state, columns, own, panes } = this.#lab;
    let names = JSON.stringify(own.namesOf(columns.ids));
    const stops = [
      state.store.subscribe((now, before) => {
        const isStep =
          now.document.sheet !== before.document.sheet ||
          now.document.encode !== before.document.encode ||
          now.showIds !== before.showIds ||
          now.showWhitespace !== before.showWhitespace;
        const isLate = this.#isReading && now.document.origin.kind === 'link';
        if (isStep) listener(isLate ? 'correction' : 'step');
        else if (now.document !== before.document) listener('edit');
      }),
      columns.store.subscribe((now, before) => {
        if (now.ids === before.ids) return;
        names = JSON.stringify(own.namesOf(now.ids));
        listener('step');
      }),
      panes.store.subscribe((now, before) => listener(now.open === before.open ? 'edit' : 'step')),
      own.store.subscribe(() => {
        const latest = JSON.stringify(own.namesOf(columns.ids));
        if (latest === names) return;
        names = latest;
        listener('correction');
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #readText(bytes: Uint8Array): Promise<void> {
    this.#isReading = true;
    await this.#lab.intake.takeLinked(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    this.#isReading = false;
  }

  #openText(text: TextExperiment['text']): void {
    const { state } = this.#lab;
    const { document } = state.get();
    switch (text.kind) {
      case 'inline': {
        if (text.value === document.text) return;
        state.open(text.value, { kind: 'link' });
        return;
      }
      case 'utf8':
        // A worker reads it: it checks everything and does not block the page.
        if (!isSame(text.bytes, document.bytes)) void this.#readText(text.bytes);
        return;
      case 'omitted':
        if (text.bytes === document.bytes.length) return;
        state.note({
          tone: 'info',
          title: `This link was made with a text of ${formatBytes(text.bytes)}, too long for a link.`,
          hint: 'Your present text stays. Paste or drop the long one to see the same, or ask for the experiment as a file.',
        });
    }
  }
}

/** The settings that links have room for: the largest ones are left out where they are too many. */
function thatFit(all: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const size = (value: unknown) => JSON.stringify(value).length;
  let left = all;
  while (size(left) > SETTINGS_LIMIT) {
    const largest = Object.keys(left).reduce((a, b) => (size(left[b]) > size(left[a]) ? b : a));
    left = Object.fromEntries(Object.entries(left).filter(([key]) => key !== largest));
  }
  return left;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
