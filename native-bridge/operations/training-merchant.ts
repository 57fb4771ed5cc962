/** Where the training merchants' files are: beside the profiles in the source tree, beside a bundle in what ships. */
import { fileURLToPath } from 'node:url';
import type { TrainingModel, TrainingUplink } from '../contract/training.ts';

const fromSource = import.meta.url.endsWith('.ts');

const merchantFiles = {
  codebox: 'training',
  counter: 'training-counter',
  'at-700': 'training-at700',
  'at-900': 'training-at900',
} as const;

/** What the training merchant's terminal should be set to, in a shop that has this uplink. */
export function trainingMerchant(
  model: TrainingModel = 'codebox',
  uplink: TrainingUplink = 'wifi',
): string {
  const shop = uplink === 'wifi' ? '' : `-${uplink}`;
  const name = `profiles/${merchantFiles[model]}${shop}-merchant.yaml`;
  const place = fromSource ? `../terminals/${name}` : name;
  return fileURLToPath(new URL(place, import.meta.url));
}
