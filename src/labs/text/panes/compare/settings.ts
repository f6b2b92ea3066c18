import * as v from 'valibot';

/** The two tokenizers that are compared, as links hold them: the names never change. '' is the first one that is free. */
export interface CompareSettings {
  readonly [key: string]: string;
  readonly over: string;
  readonly under: string;
}

export const compareDefaults: CompareSettings = { over: '', under: '' };

export const compareSettings: v.GenericSchema<unknown, CompareSettings> = v.object({
  over: v.string(),
  under: v.string(),
});

/** The pair among the tokenizers that are here; undefined where there are fewer than two. */
export function pairOf(
  ids: readonly string[],
  { over, under }: CompareSettings,
): readonly [over: string, under: string] | undefined {
  const isPair = over !== under && ids.includes(over) && ids.includes(under);
  if (isPair) return [over, under];
  const first = ids.includes(over) ? over : ids.find((id) => id !== under);
  const second = ids.includes(under) && under !== first ? under : ids.find((id) => id !== first);
  return first === undefined || second === undefined ? undefined : [first, second];
}
