/** Pictures: photos and screenshots that hold codes. Files of strangers, decoded apart. */
export { inReadingOrder } from './in-reading-order.ts';
export { openPicture } from './open-picture.ts';
export { readCodes } from './read-codes.ts';
