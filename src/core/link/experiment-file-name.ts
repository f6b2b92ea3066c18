/** The name that is suggested for an experiment file. Its ending tells the page to open it, whichever lab is open. */
export const EXPERIMENT_FILE_NAME = 'experiment.tokenoscope';
