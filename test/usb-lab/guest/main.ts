/** Every test of one part, in the guest. */
import { join } from 'node:path';
import { parts, type Part } from '../result.ts';
import { runTests } from './harness.ts';

const folder = process.env['LAB_OUT'] ?? '.';
const part = parts.find((name) => name === process.env['LAB_PART']);
const load: Readonly<Record<Part, () => Promise<unknown>>> = {
  jobs: async () => {
    await import('./ports.ts');
    await import('./uart.ts');
    await import('./line.ts');
    await import('./several.ts');
    await import('./rights.ts');
    await import('./commands.ts');
  },
  usb: async () => {
    await import('./usb-list.ts');
    await import('./usb-transfers.ts');
    await import('./usb-rights.ts');
  },
  android: async () => {
    await import('./android.ts');
    await import('./apps.ts');
  },
  sideload: async () => {
    await import('./sideload.ts');
  },
  pulls: async () => {
    await import('./sideload-pulls.ts');
  },
  factory: async () => {
    await import('./factory.ts');
  },
  clients: async () => {
    await import('./debian-clients.ts');
    await import('./real-adbd.ts');
  },
  window: async () => {
    await import('./window.ts');
    await import('./window-android.ts');
  },
  flashes: async () => {
    await import('./return.ts');
    await import('./flash.ts');
  },
};
if (part === undefined) throw new Error(`no part ${process.env['LAB_PART'] ?? ''}`);
await load[part]();
await runTests(join(folder, 'results.jsonl'), process.env['LAB_ONLY'] ?? '');
process.exit(0);
