/** The shop's name, logo and key, and whether a file is still what was signed. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Shop, VerifiedFile } from '../../native-bridge/contract/shop.ts';
import type { ChosenFile } from '../host.d.ts';
import type { BridgeClient } from './bridge-client.ts';
import { copyText } from './copy.ts';
import { FileChoice } from './files.svelte.ts';
import { Task } from './task.svelte.ts';

export class ShopState {
  shop = $state.raw<Shop | null>(null);
  name = $state('');
  /** For the picture; given back when another comes. */
  logoUrl = $state<string | null>(null);
  copied = $state(false);
  readonly loading = new Task();
  readonly writing = new Task();
  readonly files = new FileChoice();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  async load(): Promise<void> {
    const shop = await this.loading.run(() => this.#client.start('readShop', {}));
    if (shop !== null) this.#take(shop, this.name === '');
  }

  async keepName(): Promise<void> {
    const name = this.name.trim() === '' ? null : this.name;
    const shop = await this.writing.run(() => this.#client.start('writeShop', { name }));
    if (shop !== null) this.#take(shop, true);
  }

  async chooseLogo(): Promise<void> {
    const file = await this.files.choose('logo');
    if (file !== null) await this.#write({ logo: { fileId: file.fileId } });
  }

  async dropLogo(): Promise<void> {
    await this.#write({ logo: null });
  }

  async setSigns(signs: boolean): Promise<void> {
    await this.#write({ signs });
  }

  async makeKey(): Promise<void> {
    const shop = await this.writing.run(() => this.#client.start('makeShopKey', {}));
    if (shop !== null) this.#take(shop);
  }

  async copyKey(): Promise<void> {
    const line = this.shop?.key?.publicKey;
    this.copied = line !== undefined && (await copyText(line));
  }

  async saveKey(): Promise<void> {
    const made = await this.writing.run(() => this.#client.start('exportShopKey', {}));
    if (made === null) return;
    try {
      const answer = await window.posBench.saveText(made);
      if ('fault' in answer) this.writing.fault = answer.fault;
    } catch (error) {
      this.writing.fault = faultOf(error);
    }
  }

  async #write(change: { logo?: { fileId: string } | null; signs?: boolean }): Promise<void> {
    const shop = await this.writing.run(() => this.#client.start('writeShop', change));
    if (shop !== null) this.#take(shop);
  }

  /** A name that is being typed is not replaced. */
  #take(shop: Shop, withName = false): void {
    this.shop = shop;
    if (withName) this.name = shop.name ?? '';
    if (this.logoUrl !== null) URL.revokeObjectURL(this.logoUrl);
    const { logo } = shop;
    this.logoUrl =
      logo && URL.createObjectURL(new Blob([new Uint8Array(logo.bytes)], { type: logo.mediaType }));
  }
}

export class FileVerifying {
  result = $state.raw<VerifiedFile | null>(null);
  readonly task = new Task();
  readonly files = new FileChoice();
  #file: ChosenFile | null = null;
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  async choose(): Promise<void> {
    await this.#verify(await this.files.choose('signed'), null);
  }

  async drop(file: File): Promise<void> {
    await this.#verify(await this.files.drop(file), null);
  }

  /** The same file once more, as of whoever this public key is. */
  async chooseKey(): Promise<void> {
    const key = await this.files.choose('public-key');
    if (key !== null) await this.#verify(this.#file, key.fileId);
  }

  putAside(): void {
    this.result = null;
    this.task.fault = null;
    this.files.fault = null;
  }

  async #verify(file: ChosenFile | null, keyFileId: string | null): Promise<void> {
    if (file === null) return;
    this.#file = file;
    const asked = { fileId: file.fileId, keyFileId };
    const result = await this.task.restart(() => this.#client.start('verifyFile', asked));
    if (result !== null) this.result = result;
  }
}
