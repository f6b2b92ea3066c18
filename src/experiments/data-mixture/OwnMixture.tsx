import { useId } from 'react';
import { Button } from '../../ui/Button';
import { More } from '../../views/experiment/More';
import shared from '../../views/experiment/settings.module.css';
import type { State } from './experiment';
import { MIXED } from './texts';

interface OwnMixtureProps {
  readonly state: State;
  readonly truth: readonly number[] | undefined;
  readonly onChange: (state: State) => void;
}

/** The mixture as the visitor sets it, instead of one that is drawn at random. */
export function OwnMixture({ state, truth, onChange }: OwnMixtureProps) {
  const id = useId();
  const parts = state.mix ?? MIXED.map((_, i) => Math.round(100 * (truth?.[i] ?? 1 / MIXED.length)));
  return (
    <More summary={state.mix ? 'Your own mixture' : 'Set the hidden mixture yourself'}>
      <p>Parts of each; the shares are these parts of their sum.</p>
      <div className={shared.settings}>
        {MIXED.map(({ id: name, label }, i) => (
          <div key={name} className={shared.setting}>
            <label htmlFor={`${id}-${name}`}>{label}</label>
            <input
              id={`${id}-${name}`}
              type="range"
              min={0}
              max={100}
              value={parts[i]}
              onChange={(event) =>
                onChange({
                  ...state,
                  mix: parts.map((part, at) => (at === i ? Number(event.target.value) : part)),
                })
              }
            />
            <output htmlFor={`${id}-${name}`} className="mono">
              {parts[i]}
            </output>
          </div>
        ))}
      </div>
      {state.mix ? (
        <Button size="sm" onClick={() => onChange({ ...state, mix: null })}>
          Draw it at random again
        </Button>
      ) : null}
    </More>
  );
}
