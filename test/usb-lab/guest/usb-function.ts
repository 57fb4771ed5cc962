/**
 * A program as a USB device: the gadget, FunctionFS for it to be behind, and the program itself, which
 * has to open `ep0` in the folder and describe its interface. When its endpoints are there the device
 * can be plugged in. Any program that speaks FunctionFS goes: ours (device/), or a real adbd.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { Gadget, type UsbStrings } from './gadget.ts';
import { until, within } from './harness.ts';

export interface UsbFunctionPlan {
  /** Of the gadget and its files. */
  readonly name: string;
  /** Which socket of the host the cable leads to: 0 to 3. */
  readonly socket: number;
  readonly usb: UsbStrings;
  /** The command line of the program. */
  readonly program: (folder: string) => readonly string[];
  /** Functions beside the program's: `acm.0`. */
  readonly beside?: readonly string[];
  /** Where its endpoints are; a program may have its own idea (adbd: /dev/usb-ffs/adb). */
  readonly folder?: string;
}

export class UsbFunction {
  readonly gadget: Gadget;
  readonly program: ChildProcess;
  readonly #folder: string;

  private constructor(gadget: Gadget, program: ChildProcess, folder: string) {
    this.gadget = gadget;
    this.program = program;
    this.#folder = folder;
  }

  get hasEnded(): boolean {
    return this.program.exitCode !== null || this.program.signalCode !== null;
  }

  /** The program runs; the cable is not in yet. */
  static async start(plan: UsbFunctionPlan): Promise<UsbFunction> {
    const { name, socket, usb, beside = [], folder = `/run/usb-ffs/${plan.name}` } = plan;
    const gadget = new Gadget(name, socket, usb, [`ffs.${name}`, ...beside]);
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'functionfs', name, folder]);
    const [command = '', ...args] = plan.program(folder);
    const program = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'] });
    const made = new UsbFunction(gadget, program, folder);
    try {
      await until(`endpoints of ${name}`, () => existsSync(join(folder, 'ep1')), 120_000);
      return made;
    } catch (error) {
      await made.remove();
      throw error;
    }
  }

  /** Plugged in, and the host knows its interfaces; its place there. */
  async plug(): Promise<string> {
    await until('a program that is ready', () => {
      if (this.hasEnded) throw new Error('the program has ended');
      try {
        this.gadget.plug();
        return true;
      } catch (error) {
        // Its descriptors are not whole yet.
        if ((error as NodeJS.ErrnoException).code !== 'ENODEV') throw error;
        return false;
      }
    });
    return await until('the host to know it', () => this.gadget.hostPlace());
  }

  async unplug(): Promise<void> {
    this.gadget.unplug();
    await until('the host to forget it', () => this.gadget.hostPlace() === null);
  }

  async remove(): Promise<void> {
    this.gadget.unplug();
    if (!this.hasEnded) {
      const ended = once(this.program, 'exit');
      this.program.kill('SIGKILL');
      await within(ended, 30_000, 'the program’s end');
    }
    execFileSync('umount', [this.#folder]);
    this.gadget.remove();
  }
}
