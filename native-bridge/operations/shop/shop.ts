/** The shop that repairs: its name, its logo, its key. */
import { dirname } from 'node:path';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { shopLogoLimits, type ShopKey, type ShopLogo } from '../../contract/shop.ts';
import { openPhoto } from '../../pictures/index.ts';
import { readIdentity, writeIdentity } from '../../records/shop-identity.ts';
import {
  keyIdText,
  publicKeyLine,
  publicKeyText,
  type SecretKey,
} from '../../records/signing/minisign.ts';
import { createShopKey, loadShopKey, shopKeyFile } from '../../records/signing/shop-key.ts';
import { cleanText } from '../../wording/index.ts';
import type { Context } from '../context.ts';

/** What of the context it needs. */
export type Kept = Pick<Context, 'records'>;

/** A key that can't be read shows as none here; whoever needs it is told. */
export async function readShop({ records }: Kept): Promise<Result<'readShop'>> {
  const key = await loadShopKey(records.dataFolder);
  return {
    ...(await readIdentity(records)),
    key: key === null || key === 'damaged' ? null : shownKey(key),
  };
}

/** Throws as the contract says. */
export async function writeShop(
  context: Kept & Pick<Context, 'files'>,
  { name, logo, signs }: Params<'writeShop'>,
): Promise<Result<'writeShop'>> {
  const { records, files } = context;
  const before = await readIdentity(records);
  const picture = logo == null ? logo : await logoFrom(files.path(logo.fileId));
  await writeIdentity(records, {
    name: name === undefined ? before.name : nameOf(name),
    logo: picture === undefined ? before.logo : picture,
    signs: signs ?? before.signs,
  });
  return await readShop(context);
}

function nameOf(typed: string | null): string | null {
  const name = cleanText(typed ?? '', 80).trim();
  return name === '' ? null : name;
}

async function logoFrom(path: string): Promise<ShopLogo> {
  const { name, mediaType, widthPixels, heightPixels, bytes } = await openPhoto(path);
  const { fileBytes, sidePixels } = shopLogoLimits;
  if (bytes.length > fileBytes || Math.max(widthPixels, heightPixels) > sidePixels) {
    const facts = { file: name, widthPixels, heightPixels, sizeBytes: bytes.length };
    throw new BridgeFault('logo-too-large', { ...facts, maxBytes: fileBytes, sidePixels });
  }
  return { mediaType, widthPixels, heightPixels, bytes };
}

/** Throws as the contract says. */
export async function makeShopKey(context: Kept): Promise<Result<'makeShopKey'>> {
  const { dataFolder } = context.records;
  const folder = dirname(shopKeyFile(dataFolder));
  await createShopKey(dataFolder).catch((cause: unknown) => {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new BridgeFault(full ? 'disk-full' : 'data-folder-unwritable', { folder }, { cause });
  });
  await shopKey(context);
  return await readShop(context);
}

/** Throws as the contract says. */
export async function exportShopKey(context: Kept): Promise<Result<'exportShopKey'>> {
  const key = await shopKey(context);
  if (key === null) throw new BridgeFault('shop-key-missing');
  return { text: publicKeyText(key), suggestedName: `pos-bench-${keyIdText(key.keyId)}.pub` };
}

/** null: none was made. Throws `shop-key-damaged`. */
export async function shopKey({ records }: Kept): Promise<SecretKey | null> {
  const key = await loadShopKey(records.dataFolder);
  if (key === 'damaged') {
    throw new BridgeFault('shop-key-damaged', { file: shopKeyFile(records.dataFolder) });
  }
  return key;
}

function shownKey(key: SecretKey): ShopKey {
  return { keyId: keyIdText(key.keyId), publicKey: publicKeyLine(key) };
}
