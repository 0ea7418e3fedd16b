/** Days that an overwritten or deleted object can be brought back. */
export const KEEP_OLD_VERSIONS = 30;
