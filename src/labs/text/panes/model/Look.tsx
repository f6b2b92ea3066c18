import { memo, useCallback, useMemo, useState } from 'react';
import type { BundledLanguageModel } from '../../../../catalog/language-models';
import { decodeUtf8 } from '../../../../core/text/utf8';
import type { LanguageModels } from '../../../../engine/lm/lm.client';
import { formatInteger, formatSignificant } from '../../../../ui/format';
import { ExportMenu } from '../../../../views/export/ExportMenu';
import { useTextState } from '../../context';
import { aroundOf, smoothed } from './along';
import { BitsCurve } from './BitsCurve';
import { CostText } from './CostText';
import { Detail, nameOfUnit } from './Detail';
import { HeldOut } from './HeldOut';
import { Lines } from './Lines';
import styles from './Model.module.css';
import { Moments } from './Moments';
import { bitsOf, bitsPerByte, bytesRead, costOfBytes, drawnUnits, type Reading, unitAt } from './reading';

export interface LookProps {
  readonly models: LanguageModels;
  readonly model: BundledLanguageModel;
  readonly other: BundledLanguageModel | undefined;
  readonly reading: Reading;
  readonly otherReading: Reading | undefined;
  /** Whether the parts are bytes. */
  readonly byBytes: boolean;
  readonly colour: 'cost' | 'difference';
  readonly spell: ((id: number) => Uint8Array) | undefined;
  readonly isDone: boolean;
}

/** Bits with the full colour: of a byte, a token, and a difference. */
const FULL = { byte: 8, token: 12, difference: 6 } as const;

/** The text with what it costs, one place of it looked at, and the same along the text, by lines and beside other texts. */
export function Look(props: LookProps) {
  const { models, model, other, reading, byBytes, colour, spell, isDone } = props;
  const showWhitespace = useTextState((state) => state.showWhitespace);
  const [chosenByte, setChosenByte] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  // What another text was read by is not compared with this one.
  const otherReading = props.otherReading?.bytes === reading.bytes ? props.otherReading : undefined;
  const costs = useMemo(() => costOfBytes(reading), [reading]);
  const otherCosts = useMemo(() => otherReading && costOfBytes(otherReading), [otherReading]);
  const units = useMemo(() => drawnUnits(reading), [reading]);
  const starts = useMemo(() => units.map((part) => reading.starts[part]!), [units, reading]);
  const full = byBytes ? FULL.byte : FULL.token;
  const shares = useMemo(() => {
    const found = new Float32Array(units.length - 1);
    for (let unit = 0; unit < found.length; unit++) {
      const own = sumOf(costs, starts[unit]!, starts[unit + 1]!);
      if (colour === 'cost') found[unit] = own / full;
      else if (otherCosts && otherCosts.length >= starts[unit + 1]!)
        found[unit] = (own - sumOf(otherCosts, starts[unit]!, starts[unit + 1]!)) / FULL.difference;
    }
    return found;
  }, [units, starts, costs, otherCosts, colour, full]);
  const choose = useCallback((unit: number) => setChosenByte(starts[unit] ?? 0), [starts]);

  const count = units.length - 1;
  if (count <= 0) return null;
  const chosen = Math.min(count - 1, unitAt(chosenByte, reading.starts, units));
  const looked = pointed !== null && pointed < count ? pointed : chosen;
  const [first, end] = [units[looked]!, units[looked + 1]!];
  const unit = byBytes ? 'byte' : 'token';
  const choices = byBytes ? '256 bytes' : `${formatInteger(model.vocabulary.symbols)} tokens`;
  const otherBits =
    other && otherCosts && otherCosts.length >= starts[looked + 1]!
      ? { name: other.label, bits: sumOf(otherCosts, starts[looked]!, starts[looked + 1]!) }
      : undefined;
  return (
    <>
      <div className={styles.controls}>
        <div className={styles.figures}>
          <Figures model={model} reading={reading} unit={unit} />
          {other && otherReading ? <Figures model={other} reading={otherReading} unit="" /> : null}
        </div>
        <span className={styles.end}>
          <ExportMenu name="bits-per-byte" table={() => tableOf(reading, unit)} />
        </span>
      </div>
      <div className={styles.look}>
        <div className={styles.part}>
          <CostText
            label={`The text, ${unit} by ${unit}, by what it costs ${model.label}`}
            bytes={reading.bytes}
            starts={starts}
            shares={shares}
            chosen={chosen}
            chosenName={nameOfUnit(reading, units[chosen]!, units[chosen + 1]!)}
            showWhitespace={showWhitespace}
            onChoose={choose}
            onPoint={setPointed}
          />
          <Legend colour={colour} full={full} unit={unit} model={model} other={other} />
        </div>
        <Detail
          reading={reading}
          first={first}
          end={end}
          choices={choices}
          unit={unit}
          spell={spell}
          other={otherBits}
        />
      </div>
      <Along
        costs={costs}
        otherCosts={otherCosts}
        name={model.label}
        otherName={other?.label}
        at={starts[chosen]!}
        onPick={setChosenByte}
      />
      <div className={styles.side}>
        <Lines
          bytes={reading.bytes}
          costs={costs}
          otherCosts={otherCosts}
          otherName={other?.label}
          onPick={setChosenByte}
        />
        <div className={styles.part}>
          <HeldOut
            model={model}
            own={bitsPerByte(reading)}
            other={other}
            otherOwn={otherReading && bitsPerByte(otherReading)}
          />
          {model.run.length > 1 && isDone ? (
            <Moments models={models} run={model.run} chosen={model.id} bytes={reading.bytes} />
          ) : null}
        </div>
      </div>
    </>
  );
}

function Figures({
  model,
  reading,
  unit,
}: {
  readonly model: BundledLanguageModel;
  readonly reading: Reading;
  readonly unit: string;
}) {
  const value = bitsPerByte(reading);
  if (value === undefined) return null;
  const bytes = bytesRead(reading);
  return (
    <p className={styles.figure}>
      <strong>{value.toFixed(2)} bits per byte</strong>
      <span>
        {model.label}: {formatInteger(Math.round(bitsOf(reading)))} bits for {formatInteger(bytes)} bytes
        {unit === 'token' ? `, ${formatSignificant(bitsOf(reading) / reading.count)} a token` : ''}
      </span>
    </p>
  );
}

interface LegendProps {
  readonly colour: 'cost' | 'difference';
  readonly full: number;
  readonly unit: string;
  readonly model: BundledLanguageModel;
  readonly other: BundledLanguageModel | undefined;
}

function Legend({ colour, full, unit, model, other }: LegendProps) {
  if (colour === 'difference' && other) {
    return (
      <p className={styles.legend}>
        {model.label} needs {FULL.difference} bits less
        <span className={styles.ramp} data-two aria-hidden="true" />
        {FULL.difference} bits more than {other.label}
      </p>
    );
  }
  return (
    <p className={styles.legend}>
      0 bits
      <span className={styles.ramp} aria-hidden="true" />
      {full} bits or more a {unit}. Arrow keys, a click or the pointer show what was expected.
    </p>
  );
}

interface AlongProps {
  readonly costs: Float64Array;
  readonly otherCosts: Float64Array | undefined;
  readonly name: string;
  readonly otherName: string | undefined;
  readonly at: number;
  readonly onPick: (byte: number) => void;
}

/** Bits per byte along the text. */
const Along = memo(function Along({ costs, otherCosts, name, otherName, at, onPick }: AlongProps) {
  const around = aroundOf(costs.length);
  const lines = useMemo(
    () => [
      { id: 'model', label: name, points: smoothed(costs, around) },
      ...(otherCosts && otherName
        ? [{ id: 'other', label: otherName, points: smoothed(otherCosts, around) }]
        : []),
    ],
    [costs, otherCosts, name, otherName, around],
  );
  if (costs.length < 2 * around) return null;
  return (
    <section className={styles.part}>
      <h2>Along the text</h2>
      <BitsCurve
        label={`Bits per byte along the text, a mean over ${2 * around + 1} bytes`}
        lines={lines}
        bytes={costs.length}
        mean={2 * around + 1}
        at={Math.min(at, costs.length - 1)}
        onPick={onPick}
      />
    </section>
  );
});

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}

function tableOf({ bytes, starts, bits, ranks, count }: Reading, unit: string) {
  return {
    columns: ['start', 'end', unit, 'bits', 'probability', 'rank'],
    rows: Array.from({ length: count }, (_, i) => [
      starts[i]!,
      starts[i + 1]!,
      decodeUtf8(bytes.subarray(starts[i], starts[i + 1])),
      Number(bits[i]!.toFixed(4)),
      Number((2 ** -bits[i]!).toPrecision(4)),
      ranks[i]! + 1,
    ]),
  };
}
