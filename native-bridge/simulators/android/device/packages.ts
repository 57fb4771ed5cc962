/** What is installed. Apps that came with the system can be disabled, and are never gone. */
import { signerBy, type Signer } from '../apk/signer.ts';
import { trainingKey } from '../apk/training-keys.ts';
import type { App, Model } from '../models/model.ts';

export interface Package extends App {
  readonly userId: number;
  readonly enabled: 'default' | 'enabled' | 'disabled-user';
  readonly installedMs: number;
  readonly updatedMs: number;
  readonly minSdk: number;
  readonly targetSdk: number;
  /** SHA-256 of the signing certificate, hexadecimal. */
  readonly signer: string;
  /** Of the same, as `dumpsys package` prints it. */
  readonly signerHash: string;
  readonly installer: string | null;
  readonly sizeBytes: number;
  /** What was installed over it, as it came; null: the system's own. */
  readonly apk: Uint8Array | null;
  readonly dataBytes: number;
  readonly cacheBytes: number;
}

const FIRST_APP_ID = 10_000;
const DATA_BYTES = 2_310_144;
const CACHE_BYTES = 9_437_184;

const systemApps = (model: Model): readonly App[] =>
  [
    ['android', 'Android System'],
    ['com.android.settings', 'Settings'],
    ['com.android.shell', 'Shell'],
    ['com.android.systemui', 'System UI'],
    ['com.android.phone', 'Phone'],
    ['com.android.providers.settings', 'Settings Storage'],
    ['com.android.webview', 'WebView'],
    ['com.android.packageinstaller', 'Package installer'],
    ['com.android.captiveportallogin', 'CaptivePortalLogin'],
    [`${model.vendorPackage}.params`, 'Parameters'],
    [`${model.vendorPackage}.printer`, 'Printer'],
  ].map(([name = '', label = '']) => ({
    name,
    label,
    versionCode: model.firmware.sdk,
    versionName: model.firmware.release,
    system: true,
  }));

export class Packages {
  readonly #all = new Map<string, Package>();
  readonly #model: Model;
  #lastId = FIRST_APP_ID + 40;

  constructor(model: Model) {
    this.#model = model;
    const { payment, scanner, tunnel } = model.apps;
    for (const app of systemApps(model)) this.#addSystem(app);
    for (const app of [payment, scanner, ...(tunnel === null ? [] : [tunnel])]) {
      this.#addSystem(app);
    }
  }

  get(name: string): Package | undefined {
    return this.#all.get(name);
  }

  list(): Package[] {
    return [...this.#all.values()];
  }

  /** Puts back what the terminal was delivered with. */
  restore(app: App): void {
    this.#addSystem(app);
  }

  install(
    app: App,
    details: Pick<Package, 'minSdk' | 'targetSdk' | 'signer' | 'signerHash' | 'installer' | 'apk'>,
    nowMs: number,
  ): void {
    const before = this.#all.get(app.name);
    this.#all.set(app.name, {
      ...app,
      ...details,
      system: before?.system ?? false,
      userId: before?.userId ?? ++this.#lastId,
      enabled: before?.enabled ?? 'default',
      installedMs: before?.installedMs ?? nowMs,
      updatedMs: nowMs,
      sizeBytes: details.apk?.length ?? 0,
      dataBytes: before?.dataBytes ?? 0,
      cacheBytes: before?.cacheBytes ?? 0,
    });
  }

  /** False: there is no such app. Its cache goes with its data. */
  clear(name: string, what: 'cache' | 'data'): boolean {
    const found = this.#all.get(name);
    if (found === undefined) return false;
    const dataBytes = what === 'cache' ? found.dataBytes : 0;
    this.#all.set(name, { ...found, dataBytes, cacheBytes: 0 });
    return true;
  }

  trimCaches(): void {
    for (const name of this.#all.keys()) this.clear(name, 'cache');
  }

  remove(name: string): boolean {
    return this.#all.delete(name);
  }

  setEnabled(name: string, enabled: Package['enabled']): boolean {
    const found = this.#all.get(name);
    if (found === undefined) return false;
    this.#all.set(name, { ...found, enabled });
    return true;
  }

  #addSystem(app: App): void {
    const built = this.#model.firmware.builtUtcS * 1000;
    const system = app.name === 'android' || app.name === 'com.android.shell';
    this.#all.set(app.name, {
      ...app,
      userId: system ? (app.name === 'android' ? 1000 : 2000) : ++this.#lastId,
      enabled: 'default',
      installedMs: built,
      updatedMs: app.system ? built : built + 40 * 86_400_000,
      minSdk: 23,
      targetSdk: this.#model.firmware.sdk,
      ...this.#signerOf(app),
      installer: app.system ? null : `${this.#model.vendorPackage}.store`,
      sizeBytes: 8_400_000 + app.versionCode,
      apk: null,
      ...{ dataBytes: DATA_BYTES, cacheBytes: CACHE_BYTES },
    });
  }

  /** Nobody ever signed the others: their certificates are made up. */
  #signerOf({ name, system }: App): Signer {
    if (name === this.#model.apps.payment.name) return signerBy(trainingKey().certificate.raw);
    return signerBy(Buffer.from(`certificate of ${system ? this.#model.vendorPackage : name}`));
  }
}
