/** Room around the plot; the slider above has the same at its sides. Pixels. */
export const PLOT_MARGIN = { top: 12, right: 12, bottom: 36, left: 52 };
