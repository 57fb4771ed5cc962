/** Runs the playbook with progress; prints nothing of what it found. */
import type { Diagnosis } from '../../native-bridge/contract/diagnosis.ts';
import type { ParamsInput, Progress } from '../../native-bridge/contract/requests.ts';
import { checkLabel } from '../../native-bridge/wording/index.ts';
import { showMeasuring } from '../measuring.ts';
import type { Shell } from '../shell.ts';

export async function runDiagnosis(
  shell: Shell,
  params: ParamsInput<'diagnose'>,
): Promise<Diagnosis> {
  const bridge = await shell.bridge();
  let done = 0;
  let endMeasuring = (): void => undefined;
  const onProgress = (progress: Progress<'diagnose'>): void => {
    if ('sampling' in progress) {
      endMeasuring = showMeasuring(shell, progress.sampling);
      return;
    }
    done += 1;
    const label = checkLabel(progress.finding.check, shell.locale);
    shell.progress.show(shell.words('cli_checking', { done, label }), 'diagnose');
  };
  try {
    return await bridge.request('diagnose', params, { signal: shell.signal, onProgress });
  } finally {
    endMeasuring();
    shell.progress.clear();
  }
}
