/** Of a profile, a merchant’s or a rule file. */
export const maxFileBytes = 128 * 1024;
