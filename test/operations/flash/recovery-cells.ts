/** What MCUboot's serial recovery has none of. */
export const neverInRecovery: Readonly<Record<string, string>> = {
  activate: 'the recovery writes to the slot that starts; there is nothing to mark',
  'swap, middle': 'nothing is swapped',
  'swap, late': 'nothing is swapped',
};
