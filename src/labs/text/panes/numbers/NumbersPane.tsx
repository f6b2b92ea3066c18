import { useId, useMemo, useState } from 'react';
import { decodeUtf8 } from '../../../../core/text/utf8';
import { Button } from '../../../../ui/Button';
import { formatBytes, formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Segmented } from '../../../../ui/Segmented';
import { useColumnTokenizers, useLab } from '../../context';
import { characterEnd, type TextDocument } from '../../documents';
import { StudyWork } from '../../StudyWork';
import study from '../../study.module.css';
import { type Ask, useEachTokenizer } from '../../use-each-tokenizer';
import { usePaneSettings } from '../../use-pane-settings';
import { useSettledDocument } from '../../use-settled-document';
import { type CutNumber, cutNumber } from './groups';
import { MADE, MAX_NUMBERS, numbersIn, typedNumbers } from './lists';
import { NumberGrid } from './NumberGrid';
import styles from './Numbers.module.css';
import { defaults, MAX_TYPED, type NumberSettings, schema } from './settings';

/** Numbers are looked for in this much of a text. */
const SEARCHED_BYTES = 64_000;

/** How every tokenizer of the columns cuts numbers, lined up at the units digit. */
export function NumbersPane() {
  const { segmenter } = useLab();
  const tokenizers = useColumnTokenizers();
  const [settings, set] = usePaneSettings('numbers', schema, defaults);
  const document = useSettledDocument();
  const { source, space } = settings;
  const numbers = useNumbers(settings, document);
  const ask = useMemo<Ask<Cut> | null>(() => {
    if (numbers.length === 0) return null;
    const lead = space ? ' ' : '';
    return async (tokenizer, options) => {
      const cuts = await segmenter.cutEach(
        { tokenizer, texts: numbers.map((number) => lead + number) },
        options,
      );
      return {
        numbers,
        cuts: cuts.map((tokens, i) => cutNumber(numbers[i]!, tokens, lead.length)),
        ids: cuts.map(({ ids }) => ids),
      };
    };
  }, [numbers, space, segmenter]);
  const answers = useEachTokenizer(ask);

  if (tokenizers.length === 0) {
    return <p className={study.empty}>No tokenizer is chosen. Add one above to see how it cuts numbers.</p>;
  }
  return (
    <div className={study.pane}>
      <div className={study.controls}>
        <Segmented
          label="Which numbers"
          size="sm"
          options={[
            { value: 'digits', label: '1 to 20 digits' },
            { value: 'decimals', label: 'Decimals' },
            { value: 'separators', label: 'Thousands' },
            { value: 'dates', label: 'Dates' },
            { value: 'text', label: 'Of the text' },
            { value: 'typed', label: 'Your own' },
          ]}
          value={source}
          onChange={(value) => set({ source: value })}
        />
        <Button size="sm" pressed={space} onClick={() => set({ space: !space })}>
          After a space
        </Button>
      </div>
      {source === 'typed' ? (
        <TypedNumbers typed={settings.typed} onChange={(typed) => set({ typed })} />
      ) : null}
      <p className={study.lead}>
        Arithmetic is done from the right. Where tokens group digits <strong>from the right</strong>, a place
        has the same position in its token in every number; <strong>from the left</strong>, that depends on
        the number’s length.
      </p>
      <StudyWork label="Cutting numbers" tokenizers={tokenizers} answers={answers} />
      {numbers.length === 0 ? (
        <p className={study.empty}>
          {source === 'text' ? 'There is no number in this text.' : 'Type a number, one a line.'}
        </p>
      ) : (
        <div className={styles.grids}>
          {tokenizers.map(({ id, label }) => {
            const { value } = answers.of(id);
            return value?.numbers === numbers ? (
              <NumberGrid key={id} label={label} cuts={value.cuts} ids={value.ids} />
            ) : null;
          })}
        </div>
      )}
      {source === 'text' && document.bytes.length > SEARCHED_BYTES ? (
        <p className={study.small}>
          Numbers are looked for in the first {formatBytes(SEARCHED_BYTES)} of the text.
        </p>
      ) : null}
      {numbers.length === MAX_NUMBERS ? (
        <p className={study.small}>The first {formatInteger(MAX_NUMBERS)} numbers are shown.</p>
      ) : null}
    </div>
  );
}

interface Cut {
  readonly numbers: readonly string[];
  readonly cuts: readonly CutNumber[];
  readonly ids: readonly Uint32Array[];
}

function useNumbers({ source, typed }: NumberSettings, document: TextDocument): readonly string[] {
  return useMemo(() => {
    if (source === 'typed') return typedNumbers(typed);
    if (source !== 'text') return MADE[source];
    const { bytes } = document;
    return numbersIn(
      decodeUtf8(bytes.subarray(0, characterEnd(bytes, Math.min(bytes.length, SEARCHED_BYTES)))),
    );
  }, [source, typed, document]);
}

function TypedNumbers({
  typed,
  onChange,
}: {
  readonly typed: string;
  readonly onChange: (typed: string) => void;
}) {
  const id = useId();
  const [refused, setRefused] = useState(false);
  return (
    <div>
      <textarea
        id={id}
        className={styles.typed}
        aria-label="Numbers, one a line"
        rows={4}
        spellCheck={false}
        value={typed}
        onChange={({ currentTarget: { value } }) => {
          setRefused(value.length > MAX_TYPED);
          if (value.length <= MAX_TYPED) onChange(value);
        }}
      />
      {refused ? (
        <Notice
          tone="warning"
          title={`At most ${formatInteger(MAX_TYPED)} characters fit here.`}
          onDismiss={() => setRefused(false)}
        >
          Put longer lists into the text field above and choose “Of the text”.
        </Notice>
      ) : null}
    </div>
  );
}
