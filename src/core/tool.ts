/** How this tool is named in citations. */
export const TOOL_NAME = 'Tokenoscope';

/** A name without a comma: BibTeX takes it for an organisation's. */
export const TOOL_AUTHOR = 'The Tokenoscope contributors';

/** As in package.json; a test compares them. */
export const TOOL_VERSION = '0.1.0';
