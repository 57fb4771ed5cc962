/** From the arguments to a connected terminal. */
import { isRecording } from '../native-bridge/contract/port.ts';
import type { Terminal } from '../native-bridge/contract/terminal.ts';
import { bestDoors } from './arguments/doors.ts';
import { portUrlOf } from './arguments/port-argument.ts';
import type { Shell } from './shell.ts';
import { usageError } from './usage-error.ts';
import { settledFlashView } from './views/flash-result-view.ts';
import { unfinishedView } from './views/unfinished-view.ts';

export { commandLine } from './command-line.ts';

/**
 * Opens the port that was named, or the only terminal's whose USB ids are known, through its best door;
 * others are never probed.
 */
export async function connect(shell: Shell, portArgument: string | null): Promise<Terminal> {
  const portUrl = await choosePort(shell, portArgument);
  const bridge = await shell.bridge();
  const { merchant } = shell.options;
  const params = {
    portUrl,
    ...(await chosenProfile(shell)),
    merchantFileId: merchant === null ? null : await fileId(shell, merchant),
  };
  shell.progress.show(shell.words('cli_connecting', { port: portUrl }), 'connect');
  const terminal = await bridge.request('connect', params, {
    signal: shell.signal,
    onProgress: ({ waitingFor }) => shell.progress.show(shell.say(waitingFor), 'connect'),
  });
  shell.progress.clear();
  if (isRecording(terminal.portUrl)) shell.note(shell.words('cli_from_recording', {}));
  if (shell.options.record !== null && /^(?:adb|usb):/.test(terminal.portUrl)) {
    shell.note(shell.words('cli_adb_unrecorded', {}));
  }
  if (terminal.settledFlash !== undefined) {
    shell.note(settledFlashView(terminal.settledFlash, shell));
    shell.settledFlash = terminal.settledFlash;
  }
  const { unfinished } = terminal;
  if (unfinished !== undefined) {
    shell.note(unfinishedView(unfinished, terminal, shell));
    shell.unfinished = unfinished;
  }
  return terminal;
}

/** `--profile`: a shipped one by its name, or a file: what has a slash or ends in `.yaml`. */
export async function chosenProfile(
  shell: Shell,
): Promise<{ profile: string | null; profileFileId: string | null }> {
  const { profile } = shell.options;
  if (profile === null || !/[/\\]|\.ya?ml$/i.test(profile)) return { profile, profileFileId: null };
  return { profile: null, profileFileId: await fileId(shell, profile) };
}

/**
 * As `chosenRules`, before a terminal is asked anything: a file that is wrong is refused, one of the
 * data folder that is left out is said. Throws BridgeFault `rules-invalid`, and as `fileId`.
 */
export async function checkedRules(shell: Shell): Promise<string | null> {
  const rulesFileId = await chosenRules(shell);
  const bridge = await shell.bridge();
  const { warnings } = await bridge.request('getKnowledge', { rulesFileId });
  for (const warning of warnings) shell.note(shell.say(warning));
  return rulesFileId;
}

/** `--rules`, registered; null: none was given. Throws as `fileId`. */
export async function chosenRules(shell: Shell): Promise<string | null> {
  const { rules } = shell.options;
  return rules === null ? null : await fileId(shell, rules);
}

/** Throws BridgeFault `file-missing`, `file-unreadable`. */
export async function fileId(shell: Shell, path: string): Promise<string> {
  return (await (await shell.bridge()).registerFile(path)).fileId;
}

async function choosePort(shell: Shell, portArgument: string | null): Promise<string> {
  const named = portArgument ?? shell.options.port;
  if (named !== null) return portUrlOf(named);
  const bridge = await shell.bridge();
  const { ports } = await bridge.request('listPorts', {}, { signal: shell.signal });
  const known = bestDoors(ports.filter((port) => port.profiles.length > 0));
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0) return only.url;
  if (only !== undefined) {
    throw usageError('cli_usage_several_ports', { ports: known.map((port) => port.path) });
  }
  throw ports.length === 0
    ? usageError('cli_usage_no_port', {})
    : usageError('cli_usage_name_port', { ports: ports.map((port) => port.path) });
}
