/** Options that every command takes, before or after its name. */
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { localeSchema, type Locale } from '../../native-bridge/contract/common.ts';
import { localeNamed } from '../locale.ts';
import { usageError } from '../usage-error.ts';
import type { Words } from './words.ts';

const globalOptionsSchema = z.object({
  json: z.boolean().default(false),
  data: z.string().nullable().default(null),
  log: z.string().nullable().default(null),
  record: z.string().nullable().default(null),
  port: z.string().nullable().default(null),
  profile: z.string().nullable().default(null),
  merchant: z.string().nullable().default(null),
  rules: z.string().nullable().default(null),
});
export type GlobalOptions = z.output<typeof globalOptionsSchema>;

export function addGlobalOptions(program: Command, words: Words): void {
  program
    .option('--json', words('cli_option_json', {}))
    .addOption(new Option('--lang <zh-CN|en>', words('cli_option_lang', {})).argParser(readLocale))
    .option('--port <url>', words('cli_option_port', {}))
    .option('--profile <name|file>', words('cli_option_profile', {}))
    .option('--merchant <file>', words('cli_option_merchant', {}))
    .option('--rules <file>', words('cli_option_rules', {}))
    .option('--data <dir>', words('cli_option_data', {}))
    .option('--log <file>', words('cli_option_log', {}))
    .option('--record <dir>', words('cli_option_record', {}));
}

export function globalOptions(program: Command): GlobalOptions {
  return globalOptionsSchema.parse(program.opts());
}

function readLocale(text: string): Locale {
  const locale = localeNamed(text);
  if (locale !== null) return locale;
  throw usageError('cli_usage_value', {
    what: '--lang',
    found: text,
    expected: localeSchema.options.join(' | '),
  });
}
