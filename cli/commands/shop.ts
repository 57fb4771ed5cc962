/** `shop`: name and logo on reports, and the key that signs them. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { maxShopNameCharacters, type Shop } from '../../native-bridge/contract/shop.ts';
import { cleanText } from '../../native-bridge/wording/index.ts';
import { fileId } from '../connect.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { pairs } from '../views/pairs.ts';
import { writeReport } from '../write-report.ts';
import { addExamples, type Register } from './register.ts';

interface Options {
  readonly name?: string;
  readonly logo?: string;
  readonly makeKey?: true;
  readonly publicKey?: string;
}

export function addShop(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('shop')
    .description(words('cli_shop_about', {}))
    .option('--name <name|off>', words('cli_option_shop_name', {}), readName)
    .option('--logo <file|off>', words('cli_option_shop_logo', {}))
    .option('--make-key', words('cli_option_shop_make_key', {}))
    .option('--public-key <file>', words('cli_option_shop_public_key', {}))
    .action((options: Options) => run('shop', (shell) => shop(shell, options)));
  addExamples(command, words, [
    ['pos-bench shop --name 锦江终端维修 --make-key', 'cli_example_shop'],
    ['pos-bench shop --public-key shop.pub', 'cli_example_shop_key'],
  ]);
}

function readName(text: string): string {
  if (text.length <= maxShopNameCharacters) return text;
  throw usageError('cli_usage_name_length', { limit: maxShopNameCharacters });
}

async function shop(shell: Shell, { name, logo, makeKey, publicKey }: Options): Promise<Outcome> {
  const bridge = await shell.bridge();
  const { signal } = shell;
  if (name !== undefined || logo !== undefined) {
    await bridge.request(
      'writeShop',
      {
        ...(name !== undefined && { name: name === 'off' ? null : name }),
        ...(logo !== undefined && { logo: await logoOf(shell, logo) }),
      },
      { signal },
    );
  }
  if (makeKey) await bridge.request('makeShopKey', {}, { signal });
  const now = await bridge.request('readShop', {}, { signal });
  shell.print(shopView(now, shell));
  const file = publicKey === undefined ? null : resolve(publicKey);
  if (file !== null) {
    const { text } = await bridge.request('exportShopKey', {}, { signal });
    await writeReport(file, text);
    shell.print(shell.words('cli_shop_key_written', { file }));
  }
  const { logo: picture, ...rest } = now;
  const size = picture && {
    mediaType: picture.mediaType,
    widthPixels: picture.widthPixels,
    heightPixels: picture.heightPixels,
    sizeBytes: picture.bytes.length,
  };
  return { exit: 0, result: { ...rest, logo: size, file } };
}

async function logoOf(shell: Shell, asked: string): Promise<{ fileId: string } | null> {
  return asked === 'off' ? null : { fileId: await fileId(shell, asked) };
}

function shopView({ name, logo, key }: Shop, shell: Shell): string {
  const none = shell.style.dim(shell.words('cli_shop_none', {}));
  const rows: [string, string][] = [
    [shell.words('cli_shop_name', {}), name === null ? none : cleanText(name)],
    [
      shell.words('cli_shop_logo', {}),
      logo === null ? none : shell.words('cli_shop_logo_size', logo),
    ],
    [shell.words('cli_shop_key', {}), key?.keyId ?? none],
    ...(key === null
      ? []
      : [[shell.words('cli_shop_public_key', {}), key.publicKey] as [string, string]]),
  ];
  return pairs(rows, shell.columns, shell.style);
}
