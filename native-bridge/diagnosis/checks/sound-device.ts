/**
 * The loudspeaker, in the terminal or as a box of its own: loud enough, and its channel open. Whose
 * payments it announces, and of which wallets, only the merchant's app tells.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { settingsBehind } from '../expected.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';

export const soundDevice: Check = {
  id: 'sound-device',
  rung: 'announcement',
  needs: ['speaker.volumePercent', 'speaker.online'],
  also: ['network.link'],
  needsSettings: false,
  look(input, seen) {
    if (!input.model.has.speaker) {
      return look({ otherwise: outcome('not-applicable', sentence('absent_speaker', {})) });
    }
    const volumePercent = seen.number('speaker.volumePercent');
    const online = seen.flag('speaker.online');
    const observations = [...quiet(input, volumePercent), ...offline(input, seen, online)];
    if (volumePercent === null || online === null) {
      return look({
        observations,
        otherwise: outcome('unknown', sentence('unread_no_source', {})),
      });
    }
    const evidence = fromReadings(input, 'speaker.volumePercent', 'speaker.online');
    const headline = sentence('fine_sound', { volumePercent });
    return look({ observations, otherwise: outcome('pass', headline, evidence) });
  },
};

function quiet(input: CheckInput, volumePercent: number | null): Observation[] {
  if (volumePercent === null || volumePercent > input.model.thresholds.volumeLowPercent) return [];
  const evidence = fromReadings(input, 'speaker.volumePercent');
  const settings = settingsBehind(input, 'speaker.volumePercent');
  return [observe('sound-quiet', { volumePercent }, { evidence, settings })];
}

function offline(input: CheckInput, seen: Seen, online: boolean | null): Observation[] {
  if (online !== false) return [];
  const link = seen.peek('network.link');
  const evidence = fromReadings(input, 'speaker.online', 'network.link');
  // Without a link nothing could be online: that says nothing more of the loudspeaker.
  const agreement = link === 'none' || link === false ? -1 : 0;
  return [observe('sound-offline', {}, { evidence, agreement })];
}
