/** The semantic types that have a list of terms; the order is that of the fields of a result. */
export const termTypes = ['drug', 'disorder', 'anatomy'] as const;

/** New subwords of each type that are compared: the places of the slider. */
export const SIZES = [0, 100, 200, 400, 800, 1600] as const;
