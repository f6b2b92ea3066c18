/** A linear program that grows: what `MixtureProgram` needs of HiGHS. */
export interface LinearProgram {
  /** A variable of 0 or more. @returns its number */
  addVariable(cost: number, most?: number): number;
  /** Σ values · variables ≥ least, and ≤ most. */
  addRow(variables: readonly number[], values: readonly number[], least: number, most?: number): void;
  /** @returns the value of every variable */
  solve(): Float64Array;
  close(): void;
}

/** Loads HiGHS (Huangfu and Hall 2018; MIT), 1.2 MB packed, and opens an empty program that minimises. */
export async function openProgram(): Promise<LinearProgram> {
  const { default: loadHighs } = await import('highs');
  // In Node, the package finds its own file.
  const highs = await loadHighs(import.meta.env.SSR ? {} : await ownPlace());
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
}

/** Where the bundler has put its WASM. */
async function ownPlace() {
  const { default: wasm } = await import('highs/runtime?url');
  return { locateFile: () => new URL(wasm, import.meta.url).href };
}
