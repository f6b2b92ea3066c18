import { TokenoscopeError } from '../errors';
import { type DecodedLink, decodeLink } from '../link/envelope';
import { readExperimentFile } from '../link/experiment-file';
import type { StepExperiment } from './lesson-file';

/**
 * Opens the experiment of a lesson's step.
 * @throws TokenoscopeError `link-malformed`, `link-version`, `link-too-large`, `link-invalid`
 */
export async function openStep(experiment: StepExperiment): Promise<DecodedLink> {
  return 'link' in experiment ? decodeLink(experiment.link) : readExperimentFile(unpack(experiment.file));
}

/** An experiment file in base64, for a lesson. */
export async function packFile(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In pieces: a spread over a long array exceeds the stack.
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

function unpack(base64: string): Blob {
  try {
    return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
  } catch (cause) {
    throw new TokenoscopeError(
      'link-malformed',
      'This experiment is damaged: its base64 is cut.',
      'Ask whoever made the lesson for a new one.',
      { cause },
    );
  }
}
