/** Ids from `first` to `end` that have no name yet become reserved ones. */
export function filled(
  named: Readonly<Record<string, number>>,
  first: number,
  end: number,
  reserved: (id: number) => string,
): Record<string, number> {
  const special = { ...named };
  const taken = new Set(Object.values(named));
  for (let id = first; id < end; id++) if (!taken.has(id)) special[reserved(id)] = id;
  return special;
}
