/** The command line. */
import { readFileSync } from 'node:fs';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { AuthPolicy } from './adb/auth.ts';
import { faultOf } from './faults.ts';
import { models } from './models/index.ts';
import { modelNames, type ModelName } from './models/model.ts';

export interface Options {
  readonly model: ModelName;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly fastbootPort: number;
  readonly serialNumber: string;
  readonly auth: AuthPolicy;
  /** Public keys that were allowed before, as `adbkey.pub` has them. */
  readonly knownKeys: readonly string[];
  readonly delayedAck: boolean;
  /** From a restart to the first answer. */
  readonly bootMs: number;
  /** With the fault back-late: how much later. */
  readonly lateMs: number;
  /** What recovery takes to install, after it has read the package. */
  readonly installMs: number;
  /** Null: recovery checks no signature. */
  readonly otaKey: KeyObject | null;
  readonly mode: StartMode;
  readonly locked: boolean;
  /** Where apps to practise with are written; null: nowhere. */
  readonly appsFolder: string | null;
  readonly faults: readonly string[];
  readonly listFaults: boolean;
}

const startModes = ['system', 'recovery', 'sideload', 'bootloader', 'fastboot'] as const;
export type StartMode = (typeof startModes)[number];

/** A command line that can't be used; the message says why. */
export class UsageError extends Error {}

const text = { type: 'string' } as const;
const declared = {
  model: text,
  host: text,
  port: text,
  'fastboot-port': text,
  'serial-number': text,
  auth: text,
  'accept-after-ms': text,
  'known-key': { type: 'string', multiple: true },
  'delayed-ack': { type: 'boolean' },
  'boot-ms': text,
  'late-ms': text,
  'install-ms': text,
  'ota-key': text,
  mode: text,
  locked: { type: 'boolean' },
  'apps-folder': text,
  fault: { type: 'string', multiple: true },
  faults: text,
  'list-faults': { type: 'boolean' },
} as const;

export function parseOptions(args: readonly string[]): Options {
  const values = parse(args);
  const number = (name: keyof typeof values, fallback: number, max = Infinity): number => {
    const given = values[name];
    if (typeof given !== 'string') return fallback;
    const value = Number(given);
    if (given === '' || !Number.isInteger(value) || value < 0 || value > max) {
      throw new UsageError(`--${name} wants a whole number from 0, not ${given}`);
    }
    return value;
  };
  const model = oneOf('model', values.model, modelNames, 'at-900');
  return {
    model,
    host: values.host ?? '127.0.0.1',
    port: number('port', 0, 65_535),
    fastbootPort: number('fastboot-port', 0, 65_535),
    serialNumber: values['serial-number'] ?? models[model].serialNumber,
    auth: authPolicy(values.auth, number('accept-after-ms', 0)),
    knownKeys: (values['known-key'] ?? []).map((file) => contentOf(file).toString('latin1')),
    delayedAck: values['delayed-ack'] === true,
    bootMs: number('boot-ms', 600),
    lateMs: number('late-ms', 120_000),
    installMs: number('install-ms', 300),
    otaKey: values['ota-key'] === undefined ? null : publicKey(values['ota-key']),
    mode: oneOf('mode', values.mode, startModes, 'system'),
    locked: values.locked === true,
    appsFolder: values['apps-folder'] ?? null,
    faults: faultNames([...(values.fault ?? []), ...(values.faults ?? '').split(',')], model),
    listFaults: values['list-faults'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: declared }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const policies = ['accept-after-ms', 'refuse', 'never', 'known-only', 'already-known'] as const;

function authPolicy(given: string | undefined, ms: number): AuthPolicy {
  const kind = oneOf('auth', given, policies, 'accept-after-ms');
  return kind === 'accept-after-ms' ? { kind, ms } : { kind };
}

function oneOf<T extends string>(
  name: string,
  given: string | undefined,
  all: readonly T[],
  fallback: T,
): T {
  const found = all.find((each) => each === (given ?? fallback));
  if (found !== undefined) return found;
  throw new UsageError(`--${name} is one of ${all.join(', ')}`);
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new UsageError(`can't read ${file}`, { cause });
  }
}

function publicKey(file: string): KeyObject {
  const pem = contentOf(file);
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new UsageError(`${file} is no public key`, { cause });
  }
}

function faultNames(given: readonly string[], model: ModelName): string[] {
  const names = given.filter((name) => name !== '');
  const unknown = names.filter((name) => faultOf(model, name) === null);
  if (unknown.length === 0) return names;
  throw new UsageError(`the ${model} has no such fault: ${unknown.join(', ')}`);
}
