import { sampleTexts } from '../../catalog/texts';
import { formatBytes } from '../../ui/format';
import type { TextExperiment } from './experiment';
import { labTokenizer } from './lab-tokenizers';
import { openText, type TextLabState, useTextLab } from './store';
import { namesOf, rememberNames } from './user-tokenizers';

/** A longer text (in UTF-8) is left out of links: browsers, chats and forms cut them off. */
const LINK_BYTES = 50_000;

/** What a link says of the text lab. Cheap: a large text is left out unread. */
export function textExperiment(state: TextLabState): TextExperiment {
  const { tokenizers, document, showIds, showWhitespace } = state;
  const fileNames = namesOf(tokenizers);
  return {
    tokenizers,
    ...(fileNames ? { fileNames } : {}),
    text:
      document.text === null || document.bytes.length > LINK_BYTES
        ? { kind: 'omitted', bytes: document.bytes.length }
        : { kind: 'inline', value: document.text },
    showIds,
    showWhitespace,
  };
}

/**
 * Opens what a link says; what is shown already stays untouched. A text that was too long for the link leaves
 * the present one in place, with a note. Tokenizers that this version does not have are left out; files that are
 * not here get a column that asks for them.
 */
export function applyTextExperiment(experiment: TextExperiment): void {
  const { document, showIds, showWhitespace, tokenizers } = useTextLab.getState();
  rememberNames(experiment.fileNames ?? {});
  const known = experiment.tokenizers.filter((id) => labTokenizer(id));
  if (known.join() !== tokenizers.join()) useTextLab.setState({ tokenizers: known });
  if (experiment.showIds !== showIds) useTextLab.setState({ showIds: experiment.showIds });
  if (experiment.showWhitespace !== showWhitespace) {
    useTextLab.setState({ showWhitespace: experiment.showWhitespace });
  }
  const { text } = experiment;
  if (text.kind === 'inline') {
    if (text.value === document.text) return;
    const sample = sampleTexts.find((entry) => entry.text === text.value);
    openText(text.value, sample ? { kind: 'sample', id: sample.id } : { kind: 'link' });
  } else if (text.bytes !== document.bytes.length) {
    useTextLab.setState({
      note: {
        tone: 'info',
        title: `This link was made with a text of ${formatBytes(text.bytes)}, too long for a link.`,
        hint: 'Your present text stays. Paste or drop the long one to see the same.',
      },
    });
  }
}
