/** `getprop gsm.sim.state`: a word for each slot (IccCardConstants.State), separated by commas. */
import { linesOf } from './text.ts';

/** Words of `cellular.sim`; null also where the card waits for its PIN, for which there is none. */
export type Sim = 'ready' | 'absent' | 'locked' | 'blocked';

/** `locked` is bound to another device or network; `blocked` wants its PUK, or is for the bin. */
const words: ReadonlyMap<string, Sim> = new Map([
  ['READY', 'ready'],
  ['LOADED', 'ready'],
  ['ABSENT', 'absent'],
  ['NETWORK_LOCKED', 'locked'],
  ['PERSO_LOCKED', 'locked'],
  ['PUK_REQUIRED', 'blocked'],
  ['PERM_DISABLED', 'blocked'],
  ['CARD_RESTRICTED', 'blocked'],
]);

export function parseSim(text: string): { readonly sim: Sim | null } {
  const [line = ''] = linesOf(text);
  const slots = line.split(',', 8).map((word) => words.get(word.trim()) ?? null);
  const present = slots.filter((slot) => slot !== 'absent');
  if (present.length === 0) return { sim: 'absent' };
  if (present.includes('ready')) return { sim: 'ready' };
  return { sim: present.length === 1 ? (present[0] ?? null) : null };
}
