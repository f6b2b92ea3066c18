import { createElement } from 'react';
import { formatBytes } from '../../ui/format';
import type { LabChange, LabHost, LabInstance } from '../lab';
import { takeFiles } from './intake';
import { applyTextExperiment, textExperiment } from './link';
import { linkFormat } from './link-format';
import { isStep } from './steps';
import { type TextLabState, useTextLab } from './store';
import { TextLab } from './TextLab';
import { useUserTokenizers } from './user-tokenizers';

/** The keys whose changes a link would show. */
const LINKED = ['tokenizers', 'document', 'showIds', 'showWhitespace'] as const;

/** A text lab. */
export function create(_host: LabHost): LabInstance {
  const now = (short = false) => {
    const experiment = textExperiment(useTextLab.getState());
    const { text } = experiment;
    if (!short || text.kind === 'omitted') return experiment;
    return {
      ...experiment,
      text: { kind: 'omitted', bytes: useTextLab.getState().document.bytes.length },
    } as const;
  };
  return {
    render: () => createElement(TextLab),
    write: (short) => linkFormat.write(now(short)),
    open(part) {
      const problems: string[] = [];
      applyTextExperiment(linkFormat.read(part, problems));
      return problems;
    },
    onChange(listener) {
      let latest = now();
      const tell = (state: TextLabState, previous: TextLabState) => {
        if (LINKED.every((key) => Object.is(state[key], previous[key]))) return;
        const next = now();
        const change: LabChange = isStep(latest, next) ? 'step' : 'edit';
        latest = next;
        listener(change);
      };
      const stops = [
        useTextLab.subscribe(tell),
        useUserTokenizers.subscribe((state, previous) => {
          if (state.linked !== previous.linked) listener('correction');
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    describe: (short) => {
      const text = now(short);
      const columns = `${text.tokenizers.length} ${text.tokenizers.length === 1 ? 'tokenizer' : 'tokenizers'}`;
      const contents = [
        text.text.kind === 'inline'
          ? `The text, and ${columns} beside it.`
          : `${columns}. The text (${formatBytes(text.text.bytes)}) is too long for a link and stays here.`,
      ];
      const files = Object.values(text.fileNames ?? {});
      if (files.length > 0) {
        contents.push(
          `The name and the sha256 of ${files.join(' and ')}, not the ${files.length === 1 ? 'file' : 'files'}: whoever opens the link needs ${files.length === 1 ? 'it' : 'them'}.`,
        );
      }
      return contents;
    },
    takeDrop: (transfer) => void takeFiles([...transfer.files]),
    dispose() {},
  };
}
