/** `verify FILE`: whether a file is what was signed. */
import type { Command } from 'commander';
import type { FileVerdict, VerifiedFile } from '../../native-bridge/contract/shop.ts';
import { formatTime, snakeOfKebab, verdictSign } from '../../native-bridge/wording/index.ts';
import { fileId } from '../connect.ts';
import { exitOfVerified } from '../exit-codes.ts';
import type { Outcome, Shell } from '../shell.ts';
import { addExamples, type Register } from './register.ts';

interface Options {
  readonly key?: string;
  readonly signature?: string;
}

export function addVerify(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('verify')
    .description(words('cli_verify_about', {}))
    .argument('<file>', words('cli_argument_verify', {}))
    .option('--key <file|RW…>', words('cli_option_verify_key', {}))
    .option('--signature <file>', words('cli_option_verify_signature', {}))
    .action((file: string, options: Options) =>
      run('verify', (shell) => verify(shell, file, options)),
    );
  addExamples(command, words, [
    ['pos-bench verify case.zip', 'cli_example_verify'],
    ['pos-bench verify report.pdf --key shop.pub', 'cli_example_verify_key'],
  ]);
}

async function verify(shell: Shell, file: string, options: Options): Promise<Outcome> {
  const { key, signature } = options;
  const bridge = await shell.bridge();
  // The line itself is base64 of 42 bytes and begins as every key of this format does.
  const isLine = key !== undefined && /^RW[A-Za-z0-9+/]{54}=*$/.test(key);
  const result = await bridge.request(
    'verifyFile',
    {
      fileId: await fileId(shell, file),
      signatureFileId: signature === undefined ? null : await fileId(shell, signature),
      keyFileId: key === undefined || isLine ? null : await fileId(shell, key),
      publicKey: isLine ? key : null,
    },
    { signal: shell.signal },
  );
  for (const line of verifiedLines(result, shell)) shell.print(line);
  return { exit: exitOfVerified(result.verdict), result };
}

const signs: Readonly<Record<FileVerdict, 'pass' | 'fail' | 'unknown'>> = {
  sound: 'pass',
  changed: 'fail',
  'unknown-key': 'unknown',
  unsigned: 'unknown',
  unreadable: 'fail',
};

function verifiedLines(result: VerifiedFile, shell: Shell): string[] {
  const { verdict, file, keyId, key, signatureFile, signedName, signedUtc, sha256 } = result;
  const sign = verdictSign(signs[verdict]);
  const colour = { pass: shell.style.green, fail: shell.style.red, unknown: shell.style.yellow };
  const head = shell.words(`verify_${snakeOfKebab(verdict)}`, {});
  const lines = [`${colour[signs[verdict]](sign)} ${file}: ${head}`];
  if (verdict === 'sound') {
    lines.push(shell.words(`verify_sound_${key ?? 'given'}`, { keyId: keyId ?? '' }));
    if (signedUtc !== null) {
      const facts = { time: formatTime(signedUtc), name: signedName ?? '–' };
      lines.push(shell.words('verify_signed_at', facts));
    }
  } else if (verdict === 'unknown-key') {
    lines.push(shell.words('verify_unknown_key_next', { keyId: keyId ?? '' }));
  } else if (verdict === 'changed') lines.push(shell.words('verify_changed_next', {}));
  else lines.push(shell.words(`verify_${verdict}_next`, { file: signatureFile }));
  return [...lines, shell.style.dim(`SHA-256 ${sha256}`)];
}
