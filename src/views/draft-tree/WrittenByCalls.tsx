import { useMemo } from 'react';
import { Button } from '../../ui/Button';
import { formatInteger } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { type InlineToken, InlineTokens } from '../token-text/InlineTokens';
import styles from './WrittenByCalls.module.css';

export interface CallStepperProps {
  /** From 1. */
  readonly call: number;
  readonly calls: number;
  readonly onChange: (call: number) => void;
}

/** Goes from one call of the target to the next. */
export function CallStepper({ call, calls, onChange }: CallStepperProps) {
  return (
    <p className={styles.stepper}>
      <Button
        size="sm"
        icon={<Icon name="left" />}
        aria-label="Call before"
        disabled={call <= 1}
        onClick={() => onChange(call - 1)}
      />
      <output>
        Call {formatInteger(call)} of {formatInteger(calls)}
      </output>
      <Button
        size="sm"
        icon={<Icon name="right" />}
        aria-label="Next call"
        disabled={call >= calls}
        onClick={() => onChange(call + 1)}
      />
    </p>
  );
}

export interface WrittenByCallsProps {
  readonly vocabulary: readonly Uint8Array[];
  readonly prompt: readonly number[];
  /** The tokens that each call gave, the last of them drawn by the target itself. */
  readonly calls: readonly (readonly number[])[];
  /** The one that is looked at, from 1. */
  readonly call: number;
}

/** What was written behind a prompt: one fill for the tokens of a call, those of the present one bold and underlined. */
export function WrittenByCalls({ vocabulary, prompt, calls, call }: WrittenByCallsProps) {
  const tokens = useMemo(() => {
    const all: InlineToken[] = prompt.map((id) => ({ text: vocabulary[id]!, emphasis: 'muted' }));
    for (const [i, ids] of calls.slice(0, call).entries()) {
      for (const id of ids) {
        all.push({
          text: vocabulary[id]!,
          hue: i % 8,
          ...(i + 1 === call && { emphasis: 'strong' as const }),
        });
      }
    }
    return all;
  }, [vocabulary, prompt, calls, call]);
  return <InlineTokens label={`The prompt, and what ${call} calls wrote behind it`} tokens={tokens} />;
}
