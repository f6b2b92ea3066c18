import type { ReactNode } from 'react';
import type { Parameters, WordLevels } from '../../tokenizers/words/levels';
import { WordDetails } from './WordDetails';
import { WordLevelsPicture } from './WordLevelsPicture';
import { type NumberSetting, WordSettings } from './WordSettings';
import styles from './WordView.module.css';

/** What experiments on word models share. */
export interface WordChoices<Id extends string> {
  /** Of 100 words with four letters or more, how many have a typo. */
  readonly typos: number;
  /** The tokenizer that words are compared with. */
  readonly against: Id;
  /** Width of the large model. */
  readonly width: number;
}

export interface WordViewProps<Id extends string> {
  readonly levels: WordLevels | undefined;
  readonly choices: WordChoices<Id>;
  readonly onChange: (change: Partial<WordChoices<Id>>) => void;
  /** The first has the name of the chosen one where none has its id. */
  readonly tokenizers: readonly { readonly id: Id; readonly name: string }[];
  /** Positions of the large model for each word. */
  readonly slots: number;
  /** What stands before the large model. */
  readonly table: readonly Parameters[];
  /** Numbers of this model alone. */
  readonly numbers: readonly NumberSetting[];
  /** Below the picture. */
  readonly children?: ReactNode;
}

/** A text with typos in words and in subwords; costs and settings folded away. */
export function WordView<Id extends string>(props: WordViewProps<Id>) {
  const { levels, choices, onChange, tokenizers, slots, table, numbers, children } = props;
  const { typos, against, width } = choices;
  const { name } = tokenizers.find(({ id }) => id === against) ?? tokenizers[0]!;
  return (
    <div className={styles.view}>
      <WordLevelsPicture
        levels={levels}
        typos={typos}
        onTypos={(next) => onChange({ typos: next })}
        against={name}
        slots={slots}
      />
      {children}
      <div>
        {levels ? (
          <WordDetails levels={levels} against={name} slots={slots} width={width} table={table} />
        ) : null}
        <WordSettings
          against={against}
          tokenizers={tokenizers}
          onAgainst={(id) => onChange({ against: id as Id })}
          numbers={[
            ...numbers,
            {
              id: 'width',
              label: 'Width of the large model',
              value: width,
              min: 64,
              max: 8192,
              onChange: (next) => onChange({ width: next }),
            },
          ]}
        />
      </div>
    </div>
  );
}
