import { readState, sampleText } from '../experiments/experiment';
import type { Paper } from '../experiments/paper';
import { papers } from '../experiments/papers';
import { findExperiment } from '../experiments/registry';
import { loadTokenizer } from '../package/text';
import { openLm } from './lm-argument';

const HEAD = `# Papers

Every paper that can be tried on the page, with its claims and what one run gave: the experiment's own sample, its
default settings, on the command line (\`npm run -s cli -- experiment ID\`). This page is made by \`npm run papers\`; a
figure that disagrees with its paper stands as it came out.
`;

/** docs/papers.md. */
export async function papersPage(): Promise<string> {
  const parts: string[] = [];
  for (const paper of papers) parts.push(await partOf(paper));
  return `${HEAD}\n${parts.join('\n')}`;
}

/** The ids of all experiments, for the pictures of the cards. */
export const paperIds = (): readonly string[] => papers.map(({ id }) => id);

async function partOf(paper: Paper): Promise<string> {
  const experiment = await findExperiment(paper.id)!.load();
  const state = readState(experiment, {});
  const { input } = experiment;
  if (input.kind !== 'text') throw new Error(`${paper.id}: pictures cannot be run here yet.`);
  const text = await sampleText(input, input.sample);
  const result = await experiment.run(
    state,
    { kind: 'text', text },
    { tokenizer: (id) => loadTokenizer(id), languageModel: (id) => openLm(id) },
  );
  const figures = experiment.figures(result, state);
  const rows = paper.claims.map(({ text: claim, number, unit, where, figure }) => {
    const found = figures.find(({ id }) => id === figure);
    const here = found?.value === undefined ? '–' : `${formatFigure(found.value)} ${found.unit}`;
    return `| ${claim} | ${formatFigure(number)} ${unit} (${where}) | ${here} |`;
  });
  const others = figures
    .filter(({ id }) => !paper.claims.some((claim) => claim.figure === id))
    .map(
      ({ label, value, unit }) => `${label} ${value === undefined ? '–' : `${formatFigure(value)} ${unit}`}`,
    );
  return [
    `## ${paper.title}`,
    '',
    `\`${paper.id}\` · ${originOf(paper)}`,
    '',
    ...(paper.preview ? [`Preview: ${paper.preview}`, ''] : []),
    '| claim | published | here |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...(others.length > 0 ? [`Also: ${others.join('; ')}.`, ''] : []),
  ].join('\n');
}

function originOf({ origin }: Paper): string {
  if (origin.kind === 'own') return 'an experiment of this project';
  const { authors, year, venue, arxiv } = origin;
  const place = venue.includes(String(year)) ? venue : `${venue} ${year}`;
  return `${authors}, ${place}${arxiv ? `, [arXiv ${arxiv}](https://arxiv.org/abs/${arxiv})` : ''}`;
}

/** A count as it is, anything else in three significant digits. */
function formatFigure(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : String(Number(value.toPrecision(3)));
}
