import { tokenPieces } from '../../core/text/display';
import { formatInteger, formatSignificant } from '../../ui/format';
import { More } from '../../views/experiment/More';
import below from '../../views/experiment/reading.module.css';
import { LineChart } from '../../views/plot/LineChart';
import { TokenPieces } from '../../views/token-text/TokenPieces';
import type { Coding } from './all-codings';
import { bitsPerByte, codingOf, PAPER, type Result, type State, unigramGain } from './experiment';
import styles from './View.module.css';

/** Windows that are listed. */
const LISTED = 16;

/** What is read by those who want to know more. */
export function Folded({ result, state }: { readonly result: Result; readonly state: State }) {
  const coding = codingOf(result, state.b);
  return (
    <div>
      {coding && coding.size > 0 ? (
        <More summary="The first windows: bits, tokens, text">
          <WindowTable coding={coding} drawn={result.drawn} v={state.v} />
        </More>
      ) : null}
      <More summary="How frequent each token is: uniform and unigram models">
        <Frequencies result={result} />
      </More>
      {result.costs && result.costs.behindReset.length > 1 ? (
        <More summary="What the empty context costs">
          <ResetCost costs={result.costs} />
        </More>
      ) : null}
      {coding && coding.windows > 0 ? (
        <More summary="How a window ends">
          <Ends coding={coding} />
        </More>
      ) : null}
    </div>
  );
}

interface TableProps {
  readonly coding: Coding;
  readonly drawn: Uint8Array;
  readonly v: State['v'];
}

function WindowTable({ coding, drawn, v }: TableProps) {
  const { size } = coding;
  const { bits, ends, used } = coding.drawn;
  const width = v === 256 ? 8 : 16;
  return (
    <div className={below.scroll}>
      <table className={below.table}>
        <thead>
          <tr>
            <th scope="col">Text</th>
            <th scope="col">bytes</th>
            <th scope="col">bits, zeros at the end pale</th>
            <th scope="col">tokens of {width} bits</th>
          </tr>
        </thead>
        <tbody>
          {[...ends.subarray(0, LISTED)].map((end, i) => {
            const from = i === 0 ? 0 : ends[i - 1]!;
            const own = [...bits.subarray(i * size, (i + 1) * size)];
            const cut = used[i]!;
            return (
              <tr key={end}>
                <th scope="row">
                  <code className={styles.bits}>
                    <TokenPieces pieces={tokenPieces(drawn, from, end)} showWhitespace />
                  </code>
                </th>
                <td>{formatInteger(end - from)}</td>
                <td>
                  {own.slice(0, cut).join('')}
                  <span className={styles.padding}>{own.slice(cut).join('')}</span>
                </td>
                <td>{tokensOf(own, width).map(formatInteger).join(' ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function tokensOf(bits: readonly number[], width: number): number[] {
  return Array.from({ length: bits.length / width }, (_, i) =>
    bits.slice(i * width, (i + 1) * width).reduce((value, bit) => 2 * value + bit, 0),
  );
}

function Frequencies({ result }: { readonly result: Result }) {
  const say = (value: number | undefined) => (value === undefined ? 'too few' : formatSignificant(value));
  return (
    <>
      <div className={below.scroll}>
        <table className={below.table}>
          <thead>
            <tr>
              <th scope="col">Tokens of 8 bits, bits per byte</th>
              <th scope="col">uniform</th>
              <th scope="col">unigram</th>
              <th scope="col">saved</th>
            </tr>
          </thead>
          <tbody>
            {result.codings.map((coding) => {
              const uniform = bitsPerByte(result, coding);
              const gain = unigramGain(result, coding);
              return (
                <tr key={coding.size}>
                  <th scope="row">{coding.size === 0 ? 'No windows' : `Windows of ${coding.size} bits`}</th>
                  <td>{say(uniform)}</td>
                  <td>{say(uniform === undefined || gain === undefined ? undefined : uniform - gain)}</td>
                  <td>{say(gain)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={below.text}>
        A uniform model holds every token for equally likely; a unigram model knows how frequent each is. What
        it saves shows how little the bits reveal at first sight: in the paper {PAPER.gain16} bits per byte
        with windows of 16 bits, of {PAPER.uniform16}. A model that is to read such tokens must learn to undo
        the coder. In the paper it learned windows of 16 bits best, and plain arithmetic coding not at all.
      </p>
    </>
  );
}

function ResetCost({ costs }: { readonly costs: NonNullable<Result['costs']> }) {
  const last = costs.behindReset.length;
  return (
    <>
      <LineChart
        label="Bits that the first, second and later bytes of a window cost, against what they cost without windows"
        x={{ label: 'byte of the window', from: 1, to: last }}
        y={{ label: 'bits per byte', from: 0 }}
        height={220}
        lines={[
          {
            id: 'reset',
            label: 'M1 knows only the window',
            points: costs.behindReset.map((cost, i) => [i + 1, cost] as const),
          },
          {
            id: 'known',
            label: 'M1 knows all before',
            points: [
              [1, costs.known],
              [last, costs.known],
            ],
          },
        ]}
      />
      <p className={below.text}>
        At every window M1 begins with nothing: the first byte costs{' '}
        {formatSignificant(costs.behindReset[0]!)} bits, where a byte costs {formatSignificant(costs.known)}{' '}
        if M1 knows all before. (It is dear for another reason too: a window ends where a rare byte does not
        fit, and the next one begins with it.) A window of 16 bits pays that every few bytes, one of 128
        seldom, which is why longer windows hold more. Measured in windows of 128 bits.
      </p>
    </>
  );
}

function Ends({ coding }: { readonly coding: Coding }) {
  const { padded, other, shorter } = coding.endings;
  const share = (count: number) => `${formatSignificant((100 * count) / coding.windows)} %`;
  return (
    <p className={below.text}>
      The window’s text takes as many bits as it needs, and zeros fill it up. A reader cannot know where the
      zeros begin; it goes on as long as the bits decide the next byte. In {share(padded)} of the windows that
      is where the text ends. In {share(other)} it would read too far, and other bits are written that stand
      for the same text and no longer one. In {share(shorter)} there are none, and the window ends a byte
      earlier or more.
    </p>
  );
}
