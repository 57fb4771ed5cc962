/**
 * Apps as files to practise with on a training terminal: an update that works, and each kind that must
 * not be installed. Whole APKs, which any Android of 7.0 or later takes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Model } from '../models/model.ts';
import { compileManifest } from './compile-manifest.ts';
import { makeSignedApk } from './sign-apk.ts';
import { strangersKey, trainingKey, type SigningKey } from './training-keys.ts';

type TrainingAppKind = 'update' | 'older' | 'stranger' | 'damaged' | 'new';

interface TrainingApp {
  readonly kind: TrainingAppKind;
  readonly name: string;
  readonly content: Buffer;
}

const MIN_SDK = 24;
const NOTICE = 'Made by POS Bench to practise with. It has no code and does nothing.\n';
/** So that sending it is something to see. */
const FILLER_BYTES = 1536 * 1024;

function trainingApps(model: Model): readonly TrainingApp[] {
  const { payment } = model.apps;
  const next = { ...payment, ...version(payment.versionCode + 100 - (payment.versionCode % 100)) };
  const before = { ...payment, ...version(payment.versionCode - 200) };
  const voucher: App = {
    name: `${model.vendorPackage}.voucher`,
    label: 'Voucher',
    versionCode: 100,
    versionName: '1.0.0',
    system: false,
  };
  const update = apk(next, model, trainingKey());
  const named = ({ label, versionName }: App, more = ''): string =>
    `${label.toLowerCase()}-${versionName}${more}.apk`;
  return [
    { kind: 'update', name: named(next), content: update },
    { kind: 'older', name: named(before), content: apk(before, model, trainingKey()) },
    {
      kind: 'stranger',
      name: named(next, '-other-signer'),
      content: apk(next, model, strangersKey()),
    },
    { kind: 'damaged', name: named(next, '-damaged'), content: damaged(update) },
    { kind: 'new', name: named(voucher), content: apk(voucher, model, trainingKey()) },
  ];
}

/** Where each was written. Throws as the file system does. */
export function writeTrainingApps(model: Model, folder: string) {
  mkdirSync(folder, { recursive: true });
  return trainingApps(model).map(({ kind, name, content }) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return { kind, path };
  });
}

/** 60208 is 6.2.8: two digits for each part of the name but the first. */
function version(versionCode: number): Pick<App, 'versionCode' | 'versionName'> {
  const parts = [Math.trunc(versionCode / 10_000), Math.trunc(versionCode / 100) % 100];
  return { versionCode, versionName: [...parts, versionCode % 100].join('.') };
}

function apk(
  { name, label, versionCode, versionName }: App,
  model: Model,
  key: SigningKey,
): Buffer {
  const manifest = {
    ...{ packageName: name, versionCode, versionName },
    ...{ minSdk: MIN_SDK, targetSdk: model.firmware.sdk },
  };
  const parts = [
    { name: 'AndroidManifest.xml', content: compileManifest(manifest, label) },
    { name: 'assets/notice.txt', content: Buffer.from(NOTICE) },
    { name: 'assets/filler.bin', content: Buffer.alloc(FILLER_BYTES, 'nothing to see ') },
  ];
  return makeSignedApk(parts, key);
}

/** One bit of what was signed is another now. */
function damaged(whole: Buffer): Buffer {
  const content = Buffer.from(whole);
  const at = content.indexOf('nothing to see') + 1000;
  content[at] = (content[at] ?? 0) ^ 1;
  return content;
}
