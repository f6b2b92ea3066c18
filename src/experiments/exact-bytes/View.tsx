import { useId } from 'react';
import { LARGEST_SEED } from '../../core/image/noise';
import { formatSignificant } from '../../ui/format';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ModelChoice } from '../../views/experiment/ModelChoice';
import { More } from '../../views/experiment/More';
import found from '../../views/experiment/pieces.module.css';
import reading from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import type { ViewProps } from '../experiment';
import { Averaged, sizeName } from './Averaged';
import { Covers } from './Covers';
import { CutSlider } from './CutSlider';
import { quoted } from './characters';
import type { Cut } from './cut';
import { Drawn } from './Drawn';
import { CUTS, cutShown, type Result, SIZES, type State } from './experiment';
import type { RandomCuts } from './held-out';
import { Middle } from './Middle';
import { NextCharacters, percent } from './NextCharacters';
import { PromptField } from './PromptField';
import styles from './View.module.css';

/** The prompt with the slider of its end, what is expected next, and what that comes from. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const prompt = state.prompt ?? result?.prompt ?? '';
  const characters = [...prompt.toWellFormed()];
  const isKnown = result?.prompt === characters.join('');
  const shown = isKnown && result.cuts.length > 0 ? result.cuts.length : CUTS;
  const first = Math.max(1, characters.length - shown + 1);
  const wanted = state.cut ?? (isKnown ? result.cut : characters.length);
  const kept = Math.min(characters.length, Math.max(first, wanted));
  const cut = result && cutShown(result, kept);
  return (
    <div className={reading.view}>
      <PromptField
        label="Prompt"
        value={prompt}
        onChange={(next) => onChange({ ...state, prompt: next, cut: null })}
      />
      {characters.length > 0 ? (
        <ControlBar>
          <CutSlider
            characters={characters}
            first={first}
            kept={kept}
            cuts={isKnown ? result.cuts : []}
            onChange={(value) => onChange({ ...state, cut: value })}
          />
        </ControlBar>
      ) : result ? (
        <p className={found.why}>Write a prompt, such as the beginning of a sentence.</p>
      ) : null}
      {result && cut && isKnown ? (
        <>
          <div className={reading.part} data-thumbnail>
            <p className={found.result}>
              <Finding cut={cut} characters={characters} />
            </p>
            <NextCharacters cut={cut} />
          </div>
          <section className={reading.part}>
            <h2>Where the exact probability comes from</h2>
            <Covers cut={cut} />
            <p className={found.why}>
              The underlined token goes beyond the end of the prompt. Continued naively, behind the prompt’s
              own tokens, the model knows only the last line.
            </p>
          </section>
          <section className={reading.part}>
            <h2>One text drawn in each way</h2>
            <Drawn cut={cut} prompt={result.prompt} />
            <p className={found.why}>
              The model is called where a token begins; inside a token the bytes are certain. To know the
              whole distribution at every byte, as an average of models needs it, takes one call a byte.
            </p>
          </section>
        </>
      ) : null}
      {result?.random ? <Random random={result.random} model={result.model} /> : null}
      {result?.isShort ? (
        <p className={found.why}>
          This text is too short to set a part of it aside, so that nothing is measured on text that the
          models have not read: paste 2,000 characters or more.
        </p>
      ) : null}
      <Averaged state={state} result={result} onChange={onChange} />
      <Middle state={state} result={result} onChange={onChange} />
      <Settings state={state} onChange={onChange} />
    </div>
  );
}

/** What the three ways expect, in a sentence. */
function Finding({ cut, characters }: { readonly cut: Cut; readonly characters: readonly string[] }) {
  const best = cut.characters[0];
  const naive = cut.characters.toSorted((a, b) => b.naive - a.naive)[0];
  if (!best || !naive) return null;
  const end = characters
    .slice(0, cut.kept)
    .join('')
    .match(/\S*\s*$/u)![0];
  const isClose = cut.distance.naive < 0.05;
  return (
    <>
      Behind “{end}”, the exact next character is {quoted(best.text)} with{' '}
      <strong>{percent(best.exact)}</strong>.{' '}
      {isClose ? (
        <>The prompt’s tokens end here too, and continuing them says nearly the same.</>
      ) : (
        <>
          Naively continued after its own tokens, the same model gives it{' '}
          <strong>{percent(best.naive)}</strong>
          {naive === best ? '.' : ` and expects ${quoted(naive.text)} (${percent(naive.naive)}).`}
        </>
      )}
    </>
  );
}

const WAYS = [
  { id: 'naive', label: 'Naive' },
  { id: 'healed', label: 'Token healing' },
  { id: 'exact', label: 'Exact' },
] as const;

/** The same behind random cuts in text that was set aside. */
function Random({ random, model }: { readonly random: RandomCuts; readonly model: State['model'] }) {
  const gain = random.firstRight.exact / random.firstRight.naive - 1;
  return (
    <section className={reading.part}>
      <h2>
        Behind {random.cuts} random cuts in {model === 'learned' ? 'text that was set aside' : 'this text'}
      </h2>
      <BarChart
        label="How often the likeliest next byte is right"
        format={(value) => `${formatSignificant(value)} %`}
        most={100}
        bars={WAYS.map(({ id, label }) => ({
          id,
          label,
          value: 100 * random.firstRight[id],
          note: `${random.bits[id].toFixed(2)} bits per byte`,
          isChosen: id === 'exact',
        }))}
      />
      <p className={found.why}>
        How often the likeliest next byte is the right one, and what the next eight bytes cost. The first four
        are all right behind {percent(random.fourRight.exact)} of the cuts, and behind{' '}
        {percent(random.fourRight.naive)} of them naively.
        {Number.isFinite(gain) && gain > 0.18
          ? ' The gain is larger than the paper’s 18 %, which is of scores in benchmarks of code: here the byte at the cut itself is counted, and most cuts are inside a token, out of which nothing helps a small model.'
          : ''}
      </p>
    </section>
  );
}

function Settings({ state, onChange }: Pick<ViewProps<State, Result>, 'state' | 'onChange'>) {
  const id = useId();
  return (
    <More summary="Model, vocabulary and seed">
      <div className={styles.fields}>
        <ModelChoice
          label="Models"
          value={state.model}
          learned="n-grams, learned from this text"
          network="networks of 3 M parameters (6.3 MB)"
          onChange={(model) => onChange({ ...state, model })}
        />
        {state.model === 'learned' ? (
          <>
            <label htmlFor={`${id}-size`}>Vocabulary</label>
            <Select
              id={`${id}-size`}
              value={String(state.size)}
              options={SIZES.map((size) => ({ id: String(size), name: sizeName(size) }))}
              onChange={(size) => onChange({ ...state, size: SIZES.find((one) => String(one) === size)! })}
            />
          </>
        ) : null}
        <label htmlFor={`${id}-seed`}>Seed</label>
        <NumberField
          id={`${id}-seed`}
          label="Seed of what is drawn"
          value={state.seed}
          min={0}
          max={LARGEST_SEED}
          onChange={(seed) => onChange({ ...state, seed })}
          className={styles.number}
        />
      </div>
      {state.model === 'network' ? (
        <p>
          Transformers over 2,048 tokens and over bytes, trained on books in seven languages. They have not
          learned from this text, but may know a well-known book. Each distribution takes milliseconds, so
          fewer cuts and fewer bytes are measured.
        </p>
      ) : null}
    </More>
  );
}
