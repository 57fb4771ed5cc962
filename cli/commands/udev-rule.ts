/**
 * `udev-rule`: the rule that lets people open terminals on Linux, and how to install it. The rule
 * alone goes to stdout, so that it can be piped where it belongs.
 */
import type { Command } from 'commander';
import type { Outcome, Shell } from '../shell.ts';
import { addExamples, type Register } from './register.ts';

export function addUdevRule(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('udev-rule')
    .description(words('cli_udev_rule_about', {}))
    .action(() => run('udev-rule', udevRule));
  addExamples(command, words, [['pos-bench udev-rule', 'cli_example_udev_rule']]);
}

async function udevRule(shell: Shell): Promise<Outcome> {
  const bridge = await shell.bridge();
  const found = await bridge.request('getUdevRule', {}, { signal: shell.signal });
  const install = [
    `pos-bench udev-rule | sudo tee ${found.path} > /dev/null`,
    'sudo udevadm control --reload',
    'sudo udevadm trigger --subsystem-match=usb --subsystem-match=tty',
  ].join(' && ');
  shell.print(found.rule.trimEnd());
  const { installed, path } = found;
  shell.note(
    installed
      ? shell.words('cli_udev_rule_installed', { path })
      : shell.words('cli_udev_rule_install', { command: install }),
  );
  return { exit: 0, result: { ...found, install } };
}
