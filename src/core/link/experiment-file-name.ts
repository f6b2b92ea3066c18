/** The name that is suggested for an experiment file. By its extension the page opens it, whichever lab is shown. */
export const EXPERIMENT_FILE_NAME = 'experiment.tokenoscope';
