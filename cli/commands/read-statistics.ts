/** `read --statistics`: the counters that the terminal's own firmware keeps. */
import { cleanText } from '../../native-bridge/wording/index.ts';
import { connect } from '../connect.ts';
import type { Outcome, Shell } from '../shell.ts';
import { statisticsView } from '../views/statistics-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

export async function readStatistics(shell: Shell, port: string | null): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  shell.progress.show(shell.words('cli_statistics_asking', {}), 'read');
  const result = await bridge.request(
    'readStatistics',
    { terminalId: terminal.id },
    {
      signal: shell.signal,
      onProgress: ({ group, number, of }) => {
        const name = cleanText(group, 40);
        shell.progress.show(shell.words('cli_statistics_reading', { number, of, name }), 'read');
      },
    },
  );
  shell.print(terminalLine(terminal, shell));
  shell.print(statisticsView(result, shell));
  const { groups } = result;
  const anyRead = groups.some(({ failure }) => failure === null);
  return { exit: anyRead || groups.length === 0 ? 0 : 3, result };
}
