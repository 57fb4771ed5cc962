/** The loudspeaker: how loud, and whether announcements come in at all. */
export interface SpeakerState {
  readonly volumePercent: number;
  readonly online: boolean;
  readonly played: number;
  /** Orders of the day that nobody heard of. */
  readonly missed: number;
}

const MISSED = 6;

export function speakerState(volumePercent: number, online: boolean, orders: number): SpeakerState {
  const missed = online ? 0 : MISSED;
  return { volumePercent, online, played: orders - missed, missed };
}
