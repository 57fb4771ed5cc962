/** `keys`: whose signatures count here besides those that the profiles name. */
import type { Command } from 'commander';
import type { TrustedKey } from '../../native-bridge/contract/trusted-keys.ts';
import { cleanText, dayOf } from '../../native-bridge/wording/index.ts';
import { fileId } from '../connect.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

export function addTrustedKeys(parent: Command, { words, run }: Register): void {
  const keys = parent
    .command('keys')
    .description(words('cli_keys_about', {}))
    .action(() => run('keys', list));
  keys
    .command('add')
    .description(words('cli_keys_add_about', {}))
    .argument('<file>', words('cli_argument_trusted_key', {}))
    .action((file: string) => run('keys add', (shell) => add(shell, file)));
  keys
    .command('remove')
    .description(words('cli_keys_remove_about', {}))
    .argument('<fingerprint>', words('cli_argument_fingerprint', {}), readFingerprint)
    .action((asked: string) => run('keys remove', (shell) => remove(shell, asked)));
  addExamples(keys, words, [
    ['pos-bench keys add vendor.pem', 'cli_example_keys_add'],
    ['pos-bench keys remove 3f5a09c1', 'cli_example_keys_remove'],
  ]);
}

async function list(shell: Shell): Promise<Outcome> {
  const keys = await trustedKeys(shell);
  if (keys.length === 0) shell.print(shell.words('frame_keys_none', {}));
  for (const key of keys) shell.print(keyView(key, shell));
  return { exit: 0, result: { keys } };
}

async function add(shell: Shell, file: string): Promise<Outcome> {
  const before = await trustedKeys(shell);
  const bridge = await shell.bridge();
  const params = { fileId: await fileId(shell, file) };
  const { keys } = await bridge.request('trustKey', params, { signal: shell.signal });
  const added = keys.find((key) => !before.some((one) => one.fingerprint === key.fingerprint));
  if (added === undefined) shell.print(shell.words('cli_keys_known', {}));
  else {
    shell.print(keyView(added, shell));
    shell.print(shell.words('cli_keys_added', {}));
  }
  return { exit: 0, result: { keys, added: added ?? null } };
}

async function remove(shell: Shell, asked: string): Promise<Outcome> {
  const matching = (await trustedKeys(shell)).filter(({ fingerprint }) =>
    fingerprint.toLowerCase().startsWith(asked),
  );
  const [removed, ...others] = matching;
  if (removed === undefined) throw usageError('cli_usage_no_such_key', { found: asked });
  if (others.length > 0) throw usageError('cli_usage_several_keys', { found: asked });
  const { fingerprint } = removed;
  const bridge = await shell.bridge();
  const { keys } = await bridge.request('distrustKey', { fingerprint }, { signal: shell.signal });
  shell.print(shell.words('frame_keys_removed', { name: cleanText(removed.name) }));
  return { exit: 0, result: { keys, removed } };
}

async function trustedKeys(shell: Shell): Promise<readonly TrustedKey[]> {
  const bridge = await shell.bridge();
  return (await bridge.request('listTrustedKeys', {}, { signal: shell.signal })).keys;
}

/** Its first digits do, where they are those of one key only. */
function readFingerprint(text: string): string {
  if (/^[0-9a-f]{6,64}(?: [0-9a-f]{0,64})?$/i.test(text)) return text.toLowerCase();
  throw usageError('cli_usage_value', {
    what: 'FINGERPRINT',
    found: text,
    expected: '[0-9a-f]{6,}',
  });
}

function keyView({ kind, name, fingerprint, sinceUtc }: TrustedKey, shell: Shell): string {
  const since = shell.words('frame_since', { day: dayOf(sinceUtc) });
  const about = `${shell.words(`frame_keys_kind_${kind}`, {})} · ${since}`;
  return `${cleanText(name)}\n  ${about}\n  ${shell.style.dim(fingerprint)}`;
}
