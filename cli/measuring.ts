/** The declared time of a measurement on the progress line: counted down, with how to stop. */
import type { SamplingWindow } from '../native-bridge/contract/reading.ts';
import { measuringFacts } from '../native-bridge/wording/index.ts';
import type { Shell } from './shell.ts';

/** Shows it from now on; returns how to end that. A log gets one line of it. */
export function showMeasuring(shell: Shell, window: SamplingWindow): () => void {
  // Counted down on a clock that nobody sets meanwhile.
  const endMs = performance.now() + Date.parse(window.untilUtc) - Date.now();
  const show = (): void => {
    const facts = measuringFacts(window.names, endMs - performance.now(), shell.locale);
    shell.progress.show(shell.words('cli_measuring', facts), 'measuring');
  };
  show();
  const timer = setInterval(show, 1000);
  return () => clearInterval(timer);
}
