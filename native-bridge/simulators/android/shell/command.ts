/** What a command of the shell is, and what it is called with. */
import type { Device } from '../device/device.ts';
import type { Io } from './io.ts';

/** Of most commands: all they print, and their exit code. */
export interface Printed {
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
}

export interface Call {
  readonly args: readonly string[];
  readonly io: Io;
  readonly device: Device;
  readonly signal: AbortSignal;
  /** Runs another command in this one's place. */
  readonly run: (words: readonly string[], io: Io, signal: AbortSignal) => Promise<number>;
  /** Runs a script in a shell of its own. */
  readonly script: (text: string, io: Io, signal: AbortSignal) => Promise<number>;
}

export type PlainCommand = (args: readonly string[], device: Device) => Printed;
export type StreamingCommand = (call: Call) => Promise<number>;

export const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
