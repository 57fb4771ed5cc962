/** The preference of how long cases are kept: whole days as text; absent: for ever. */
export const keepDaysKey = 'records.keep-days';
