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

/**
 * @param {string} name
 * @param {number} from
 * @param {number} to
 * @param {number} size pixels along a side
 * @returns {Shapes}
 */
export function convolution(name, from, to, size) {
  return { [`${name}.weight`]: [to, from, size, size], [`${name}.bias`]: [to] };
}

/**
 * Two convolutions, each behind a norm, and a third one past them where channels change.
 * @param {string} name
 * @param {number} from
 * @param {number} to
 * @param {string} shortcut
 * @returns {Shapes}
 */
export function residual(name, from, to, shortcut) {
  return {
    ...norm(`${name}.norm1`, from),
    ...convolution(`${name}.conv1`, from, to, 3),
    ...norm(`${name}.norm2`, to),
    ...convolution(`${name}.conv2`, to, to, 3),
    ...(from === to ? {} : convolution(`${name}.${shortcut}`, from, to, 1)),
  };
}
