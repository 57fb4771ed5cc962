/** Pictures: photos and screenshots that hold codes, or that are kept. Files of strangers, decoded apart. */
export { FrameDecoder } from './frame-decoder.ts';
export { inReadingOrder } from './in-reading-order.ts';
export { openPicture } from './open-picture.ts';
export { openPhoto } from './photo.ts';
export { readCodes } from './read-codes.ts';
export { uprightSize } from './upright.ts';
