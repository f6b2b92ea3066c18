import { isPackage } from '../package/own-files';

/** How the command line is called, for its help. */
export const PROGRAM = isPackage ? 'npx tokenoscope' : 'npm run -s cli --';
