import { useId } from 'react';
import { tokenPieces } from '../../core/text/display';
import { formatBytes, formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import found from '../../views/experiment/pieces.module.css';
import reading from '../../views/experiment/reading.module.css';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import { TokenPieces } from '../../views/token-text/TokenPieces';
import type { ViewProps } from '../experiment';
import { type Coding, SIZES } from './all-codings';
import { Compared } from './Compared';
import { tokensIn } from './coding';
import { type Flip, PLACES } from './damage';
import { passageTokens } from './drawing';
import { codingOf, type Result, type State } from './experiment';
import { Folded } from './Folded';
import { Learnable } from './Learnable';
import type { ReadBack } from './read-back';
import { ENOUGH } from './source';
import styles from './View.module.css';

const names = SIZES.map((size) => (size === 0 ? 'none' : String(size)));

const MODELS: readonly { readonly id: State['learn']; readonly name: string }[] = [
  { id: 'own', name: 'n-grams of the first part of this text' },
  { id: 'book', name: 'n-grams of Alice in Wonderland' },
  { id: 'network', name: 'network of 0.3 M parameters (0.4 MB)' },
];

/** Places in the passage, from no flipped bit to the last. */
const QUARTERS = ['none', '25 %', '50 %', '75 %', 'end'];

/** Windows over the text, what a flipped bit does to it, and how much a token holds. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const coding = result && codingOf(result, state.b);
  const model = useId();
  return (
    <div className={reading.view}>
      <ControlBar>
        <ControlSlider
          label="Bits in a window"
          min={0}
          max={SIZES.length - 1}
          value={SIZES.indexOf(state.b)}
          marks={SIZES.map((_, i) => i)}
          say={(i) => (SIZES[i] === 0 ? 'no windows: plain arithmetic coding' : `${SIZES[i]} bits`)}
          nameOf={(i) => names[i]!}
          onChange={(i) => onChange({ ...state, b: SIZES[i]! })}
        />
      </ControlBar>
      {result && coding ? (
        <Shown result={result} coding={coding} state={state} onChange={onChange} />
      ) : (
        <p className={found.why}>
          {result
            ? 'These windows are still to come …'
            : 'M1, the small model that codes, is being learned or loaded …'}
        </p>
      )}
      <div className={styles.row}>
        <label htmlFor={model}>M1, the small model that codes</label>
        <Select
          id={model}
          options={MODELS}
          value={state.learn}
          onChange={(id) => onChange({ ...state, learn: MODELS.find((each) => each.id === id)!.id })}
        />
      </div>
      {result && result.bytes > 0 ? <Folded result={result} state={state} /> : null}
    </div>
  );
}

interface ShownProps extends ViewProps<State, Result> {
  readonly result: Result;
  readonly coding: Coding;
}

function Shown({ result, coding, state, onChange }: ShownProps) {
  const { b, v, flip } = state;
  if (result.bytes === 0) return <p className={found.why}>There is no text. Write or paste some above.</p>;
  const hit = coding.flips[flip - 1];
  const width = v === 256 ? 8 : 16;
  const holds = result.bytes / tokensIn(coding.bits, width);
  const bits = coding.drawn.bits.length;
  return (
    <>
      <p className={found.result}>
        {b === 0 ? 'Without windows' : `In windows of ${b} bits`}, a token of {width} bits holds{' '}
        <strong>{formatSignificant(holds)} bytes</strong> of text.
      </p>
      <p className={found.why}>{sourceOf(result, state)}</p>
      {result.learn === 'network' && result.readBack ? <Read {...result.readBack} /> : null}
      <section className={reading.part}>
        <ControlSlider
          label="Flip one bit of what is shown"
          min={0}
          max={PLACES}
          value={flip}
          marks={[0, PLACES / 4, PLACES / 2, (3 * PLACES) / 4, PLACES]}
          nameOf={(place) => QUARTERS[(4 * place) / PLACES]!}
          say={(place) =>
            place === 0
              ? 'none'
              : `bit ${formatInteger((coding.flips[place - 1]?.bit ?? 0) + 1)} of ${formatInteger(bits)}`
          }
          onChange={(place) => onChange({ ...state, flip: place })}
        />
        <p className={found.why}>
          <Damage result={result} coding={coding} flip={hit} />
        </p>
        <div data-thumbnail>
          <InlineTokens
            label={b === 0 ? 'The text as it is read' : `Windows of ${b} bits`}
            tokens={passageTokens(result.drawn, coding, hit)}
            limit={600}
          />
        </div>
      </section>
      <section className={reading.part}>
        <div className={styles.row}>
          <span>A token has</span>
          <Segmented
            label="Bits of a token"
            size="sm"
            options={[
              { value: '256', label: '8 bits: 256 tokens' },
              { value: '65536', label: '16 bits: 65,536 tokens' },
            ]}
            value={String(v)}
            onChange={(value) => onChange({ ...state, v: value === '256' ? 256 : 65536 })}
          />
        </div>
        <Compared result={result} state={state} width={width} />
      </section>
      <Learnable result={result} state={state} />
    </>
  );
}

/** What M1 learned from and what is coded. */
function sourceOf({ learn, learned, bytes, hasRead }: Result, state: State): string {
  if (learn === 'network') {
    return `M1, the small model that codes, is a transformer over bytes that was trained on books in seven languages; it has not learned from this text, but may know a well-known book, and sees 128 bytes at most. Coded are ${formatBytes(bytes)}. The first bytes of a window cost it most, as any of its languages may follow.`;
  }
  const own = `M1, the small model that codes, learned from the first ${formatBytes(learned)} of this text; coded are the ${formatBytes(bytes)} behind them.`;
  if (learn === 'own') return own;
  const short =
    state.learn === 'own'
      ? ` This text is too short to learn from: it has less than ${formatBytes(ENOUGH)}.`
      : '';
  const cheat = hasRead ? ' M1 has read this very text, so the figures are far too good.' : '';
  return `M1, the small model that codes, learned from Alice in Wonderland, ${formatBytes(learned)}; coded are ${formatBytes(bytes)} of this text.${short}${cheat}`;
}

/** Whether a network's bits are read as they were written. */
function Read({ bytes, right }: ReadBack) {
  return (
    <p className={found.why}>
      {right === bytes
        ? `The ${formatInteger(bytes)} bytes that were read out of the bits again, with M1 asked anew, are all as they were written.`
        : `Of ${formatInteger(bytes)} bytes that were read out of the bits again, with M1 asked anew, ${formatInteger(bytes - right)} are wrong: this browser does not give the same probabilities twice.`}{' '}
      Another machine may compute the last digits of a network’s probabilities otherwise, and one of them
      spoils what follows; n-grams are counted, the same everywhere.
    </p>
  );
}

interface DamageProps {
  readonly result: Result;
  readonly coding: Coding;
  readonly flip: Flip | undefined;
}

function Damage({ result, coding, flip }: DamageProps) {
  const windows = formatInteger(coding.drawn.ends.length);
  if (!flip) {
    return coding.size === 0
      ? 'The bits are one number: each is read with all before it.'
      : `The passage has ${windows} windows, the fills in turn. Each can be read without the others.`;
  }
  const lost = flip.to - flip.from;
  if (coding.size === 0) {
    return lost === 0
      ? 'This bit changes nothing that is shown.'
      : `From the flipped bit on, everything is read wrongly: ${formatInteger(lost)} of the ${formatInteger(coding.passage)} bytes shown, and all that follow. What M1 makes up still looks like its text.`;
  }
  if (lost === 0 && flip.text.length === 0) return 'This bit changes nothing: its window is read as before.';
  return (
    <>
      <Quote bytes={result.drawn.subarray(flip.from, flip.to)} /> is read as <Quote bytes={flip.text} />:{' '}
      {formatInteger(lost)} {lost === 1 ? 'byte is' : 'bytes are'} lost. The other{' '}
      {formatInteger(coding.windows - 1)} windows of the text are read as before.
    </>
  );
}

function Quote({ bytes }: { readonly bytes: Uint8Array }) {
  if (bytes.length === 0) return <em>nothing</em>;
  return (
    <q className={styles.quote}>
      <TokenPieces pieces={tokenPieces(bytes, 0, bytes.length)} showWhitespace />
    </q>
  );
}
