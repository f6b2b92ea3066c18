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
    let variables = 0;
    return {
      addVariable(cost, most = highs.infinity) {
        model.addCol(cost, 0, most, { indices: [], values: [] });
        return variables++;
      },
      addRow(indices, values, least, most = highs.infinity) {
        model.addRow(least, most, { indices: [...indices], values: [...values] });
      },
      solve() {
        model.run();
        return Float64Array.from(model.getSolution().colValue);
      },
      close: () => model.dispose(),
    };
  };
}
