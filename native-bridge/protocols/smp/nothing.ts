/** Bodies of commands that say nothing: an empty map, in the request, the reply or both. */
import { type CborFields } from '../cbor-write.ts';

export const encodeNothing = (): CborFields => ({});
export const decodeNothing = (): void => undefined;
