/** The commands and their help, in the language of this run. */
import { Command, type Help } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Locale } from '../native-bridge/contract/common.ts';
import { words as wordsOf } from '../native-bridge/wording/index.ts';
import { addGlobalOptions } from './arguments/global-options.ts';
import type { Words } from './arguments/words.ts';
import type { Register } from './commands/register.ts';
import { addAdbServer } from './commands/adb-server.ts';
import { addApp } from './commands/app.ts';
import { addBundle } from './commands/bundle.ts';
import { addCard } from './commands/card.ts';
import { addCase } from './commands/case.ts';
import { addConfig } from './commands/config.ts';
import { addConsole } from './commands/console.ts';
import { addDemo } from './commands/demo.ts';
import { addDiagnose } from './commands/diagnose.ts';
import { addFirmware } from './commands/firmware.ts';
import { addHistory } from './commands/history.ts';
import { addIdentify } from './commands/identify.ts';
import { addPorts } from './commands/ports.ts';
import { addProbe } from './commands/probe.ts';
import { addProfile } from './commands/profile.ts';
import { addQr } from './commands/qr.ts';
import { addQuestions } from './commands/questions.ts';
import { addRead } from './commands/read.ts';
import { addReport } from './commands/report.ts';
import { addRules } from './commands/rules.ts';
import { addScanner } from './commands/scanner.ts';
import { addShop } from './commands/shop.ts';
import { addSimulate } from './commands/simulate.ts';
import { addTrustedKeys } from './commands/trusted-keys.ts';
import { addUdevRule } from './commands/udev-rule.ts';
import { addVerify } from './commands/verify.ts';
import { widthOf, wrap } from './output/width.ts';

export function buildProgram(locale: Locale, run: Register['run']): Command {
  const words: Words = (key, facts) => wordsOf(key, facts, locale);
  const program = new Command('pos-bench');
  program
    .description(words('cli_about', {}))
    .version(manifest.version, '-V, --version', words('cli_option_version', {}))
    .addHelpText(
      'after',
      () => `\n${wrap(words('cli_exit_codes', {}), helpColumns()).join('\n')}\n`,
    );
  addGlobalOptions(program, words);
  const register = { words, run };
  const adders = [
    addPorts,
    addAdbServer,
    addUdevRule,
    addIdentify,
    addRead,
    addDiagnose,
    addQuestions,
    addQr,
    addProbe,
    addScanner,
    addConfig,
    addFirmware,
    addApp,
    addConsole,
    addHistory,
    addCase,
    addReport,
    addBundle,
    addVerify,
    addShop,
    addTrustedKeys,
    addProfile,
    addRules,
    addCard,
    addSimulate,
    addDemo,
  ];
  for (const add of adders) add(program, register);
  everyCommand(program, (command) => localise(command, words));
  return program;
}

const helpColumns = () => process.stdout.columns || 80;

function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const inner of command.commands) everyCommand(inner, visit);
}

function localise(command: Command, words: Words): void {
  const titles = new Map([
    ['Usage:', words('cli_help_usage', {})],
    ['Arguments:', words('cli_help_arguments', {})],
    ['Options:', words('cli_help_options', {})],
    ['Global Options:', words('cli_help_global_options', {})],
    ['Commands:', words('cli_help_commands', {})],
  ]);
  const help: Partial<Help> = {
    showGlobalOptions: true,
    styleTitle: (title) => titles.get(title) ?? title,
    boxWrap: (text, width) => wrap(text, width).join('\n'),
    displayWidth: widthOf,
  };
  command
    .configureHelp(help)
    .exitOverride()
    // Complaints are printed by whoever runs the program, in its language.
    .configureOutput({ outputError: () => undefined })
    .helpOption('-h, --help', words('cli_option_help', {}));
  if (command.commands.length > 0) command.helpCommand(false);
}
