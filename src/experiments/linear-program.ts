/** A linear program that grows: what experiments need of HiGHS. */
export interface LinearProgram {
  /** A variable of 0 or more. @returns its number */
  addVariable(cost: number, most?: number): number;
  /** Σ values · variables ≥ least, and ≤ most. */
  addRow(variables: readonly number[], values: readonly number[], least: number, most?: number): void;
  /** @returns the value of every variable */
  solve(): Float64Array;
  close(): void;
}

interface Row {
  readonly indices: readonly number[];
  readonly values: readonly number[];
  readonly least: number;
  readonly most: number;
}

/** Opens an empty program that minimises, once HiGHS is loaded. */
export async function openProgram(): Promise<LinearProgram> {
  return (await loadSolver())();
}

/** Loads HiGHS (Huangfu and Hall 2018; MIT), 1.2 MB packed. @returns what opens an empty program that minimises */
export async function loadSolver(): Promise<() => LinearProgram> {
  const { default: loadHighs } = await import('highs');
  // In Node, the package finds its own file.
  const place =
    import.meta.env.SSR || import.meta.env.TOKENOSCOPE_PACKAGE === 'yes'
      ? {}
      : await import('highs/runtime?url').then(({ default: wasm }) => ({
          locateFile: () => new URL(wasm, import.meta.url).href,
        }));
  const highs = await loadHighs(place);
  return () => {
    const model = highs.createModel();
    model.options.set({ output_flag: false });
    // What was added since the last solution: one call for all is several times as fast as one for each.
    let costs: number[] = [];
    let limits: number[] = [];
    let rows: Row[] = [];
    let variables = 0;
    let constraints = 0;
    const give = () => {
      const none = { format: 'csc', numRows: constraints, starts: new Int32Array(costs.length + 1) } as const;
      if (costs.length > 0) {
        model.addCols({
          cost: Float64Array.from(costs),
          lower: new Float64Array(costs.length),
          upper: Float64Array.from(limits),
          matrix: { ...none, numCols: costs.length, indices: new Int32Array(0), values: new Float64Array(0) },
        });
      }
      if (rows.length > 0) {
        let end = 0;
        model.addRows({
          lower: Float64Array.from(rows, ({ least }) => least),
          upper: Float64Array.from(rows, ({ most }) => most),
          matrix: {
            format: 'csr',
            numRows: rows.length,
            numCols: variables,
            starts: Int32Array.from([0, ...rows.map(({ indices }) => (end += indices.length))]),
            indices: Int32Array.from(rows.flatMap(({ indices }) => indices)),
            values: Float64Array.from(rows.flatMap(({ values }) => values)),
          },
        });
      }
      constraints += rows.length;
      costs = [];
      limits = [];
      rows = [];
    };
    return {
      addVariable(cost, most = highs.infinity) {
        costs.push(cost);
        limits.push(most);
        return variables++;
      },
      addRow(indices, values, least, most = highs.infinity) {
        rows.push({ indices, values, least, most });
      },
      solve() {
        give();
        model.run();
        return Float64Array.from(model.getSolution().colValue);
      },
      close: () => model.dispose(),
    };
  };
}
