import { formatInteger } from '../../ui/format';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import shared from '../../views/experiment/settings.module.css';
import { stepTo } from '../../views/experiment/step-to';
import { LineChart } from '../../views/plot/LineChart';
import { guessAt, type State } from './experiment';
import { groupShares, type RealId, type RealResult, sizesOf } from './real';
import { Shares } from './Shares';
import { KINDS } from './samples';
import { Tokens } from './Tokens';
import styles from './View.module.css';

interface RealViewProps {
  readonly id: RealId;
  readonly state: State;
  readonly result: RealResult | undefined;
  readonly onChange: (state: State) => void;
}

const groups = [
  { id: 'other', label: 'Other languages' },
  { id: 'english', label: 'English' },
  { id: 'yours', label: 'Your text' },
  { id: 'code', label: 'Code' },
] as const;

/** What the paper's abstract says, of 1. */
const PAPER: Readonly<Partial<Record<RealId, { group: string; share: number; says: string }>>> = {
  cl100k: {
    group: 'code',
    share: 0.6,
    says: 'about 60 % of what GPT-3.5’s tokenizer, this one, learned from was code',
  },
  o200k: {
    group: 'other',
    share: 0.39,
    says: '39 % of what GPT-4o’s tokenizer learned from was not English',
  },
  'llama-3': {
    group: 'other',
    share: 0.48,
    says: 'Llama 3 extends GPT-3.5’s tokenizer with 48 % text of other languages',
  },
};

/** The estimated mixture of a real tokenizer, with the slider of how many merges are looked at above it. */
export function RealView({ id, state, result, onChange }: RealViewProps) {
  const sizes = sizesOf(id);
  const most = sizes.at(-1)!;
  const merges = Math.min(most, state.merges);
  const choose = (to: number) => onChange({ ...state, merges: stepTo(sizes, merges, Math.round(to)) });
  const guess = result && guessAt(result.guesses, merges);
  const shares = guess && groupShares(guess);
  const paper = PAPER[id];
  return (
    <>
      <ControlBar>
        <ControlSlider
          overChart
          label="Merges that are looked at"
          min={sizes[0]!}
          max={most}
          value={merges}
          marks={[10, 20, 50, 100, 200].filter((mark) => mark <= most)}
          isLog
          say={(count) => `${formatInteger(count)} merges`}
          onChange={choose}
        />
      </ControlBar>
      <Shares
        label="Estimated shares of the mixture"
        legend={{ bar: 'estimated here', mark: 'paper' }}
        rows={groups.map(({ id: group, label }) => ({
          id: group,
          label,
          value: shares?.[group],
          mark: paper?.group === group ? paper.share : undefined,
        }))}
      />
      <p className={shared.finding}>
        {paper
          ? `The paper, with samples of the whole web and about 30,000 merges: ${paper.says}.`
          : 'The abstract of the paper has no figure for this tokenizer.'}
      </p>
      <p className={reading.note}>
        Take these shares as rough: small samples tell a tokenizer of English from one of much code or of many
        languages, but not a share to ten points. While shares still move along the curve below, no end of it
        is the answer.
        {guess ? (
          <>
            {' '}
            How badly they fit: of the {formatInteger(guess.merges)} merges, {percent(guess.first)} joined the
            pair that is the most frequent one in the samples mixed like this, and {percent(guess.firstTen)}{' '}
            one of the ten most frequent. With the texts that the tokenizer learned from, all of them would.
          </>
        ) : null}
      </p>
      {result && result.inherited > 0 ? (
        <p className={reading.note}>
          The first {formatInteger(result.inherited)} merges of Llama 3 are those of GPT-3.5, one by one: they
          tell nothing of Llama’s own texts. Looked at are the merges behind them. By then little of the
          samples is left to merge, least of English and code, so hardly a merge fits and nothing speaks
          against more of both: read the shares as what these samples cannot tell.
        </p>
      ) : null}
      {result && result.guesses.length > 1 ? (
        <GroupChart result={result} merges={merges} onPick={choose} />
      ) : null}
      {guess ? (
        <More summary="Each language and kind of code">
          <ul className={styles.columns}>
            {KINDS.map(({ id: kind, label }, i) => (
              <li key={kind}>
                {label} <span className="mono">{percent(guess.shares[i]!)}</span>
              </li>
            ))}
          </ul>
          <p>
            Single shares are the least certain ones. A language stands for all that is written like it: often
            its sample is the only one here that has these letters or quotation marks.
          </p>
        </More>
      ) : null}
      {result ? (
        <Tokens
          summary={
            result.inherited > 0
              ? 'The first tokens of its own, in the order in which they were learned'
              : 'Its first tokens, in the order in which they were learned'
          }
          tokens={result.tokens}
        />
      ) : null}
      <Limits />
    </>
  );
}

function GroupChart({
  result,
  merges,
  onPick,
}: {
  result: RealResult;
  merges: number;
  onPick: (merges: number) => void;
}) {
  const { guesses, id } = result;
  const paper = PAPER[id];
  const lines = groups.map(({ id: group, label }) => ({
    id: group,
    label,
    points: guesses.map((guess) => [guess.merges, 100 * groupShares(guess)[group]] as const),
  }));
  return (
    <LineChart
      label="Estimated shares against the merges that are looked at"
      x={{ label: 'merges', isLog: true, from: guesses[0]!.merges, to: sizesOf(id).at(-1)! }}
      y={{ label: '% of the mixture', from: 0 }}
      lines={lines}
      rules={
        paper
          ? [{ label: `paper, ${paper.group === 'code' ? 'code' : 'other languages'}`, y: 100 * paper.share }]
          : []
      }
      at={Math.max(10, merges)}
      onPick={onPick}
    />
  );
}

function Limits() {
  return (
    <More summary="Why such small samples find no more">
      <p>
        English and 17 other languages are here with news, about 30,000 characters of English and 200
        sentences of each of the others; code with as much TypeScript, Python and CSS of this project, and
        your text with its beginning. All are counted as the tokenizer itself divides text. Only the first
        merges are looked at: later pairs occur a few times in such texts, or never.
      </p>
      <p>
        A web page is neither news nor this project’s code, and languages that are missing are counted as
        those that look like them. Nor is a share found where nothing bounds it from below: of GPT-2’s first
        200 merges all but one join letters that are in ASCII, so of Chinese or Korean they only say that its
        pairs were rarer, and as much as that allows costs the program nothing.
      </p>
    </More>
  );
}

function percent(share: number): string {
  return `${(100 * Math.max(0, share)).toFixed(share < 0.1 ? 1 : 0)} %`;
}
