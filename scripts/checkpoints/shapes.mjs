// @ts-check
/**
 * @typedef {{ [name: string]: number[] }} Shapes every tensor's shape, by name
 * @typedef {{ config: () => unknown; shapes: () => Shapes }} Architecture what config.json says, and the tensors
 */

/**
 * @param {string} name
 * @param {number} width
 * @returns {Shapes}
 */
export function norm(name, width) {
  return { [`${name}.weight`]: [width], [`${name}.bias`]: [width] };
}

/**
 * @param {string} name
 * @param {number} from
 * @param {number} to
 * @returns {Shapes}
 */
export function dense(name, from, to) {
  return { [`${name}.weight`]: [to, from], [`${name}.bias`]: [to] };
}
