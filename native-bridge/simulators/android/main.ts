/** The simulated Android terminal as a program, over TCP (README.md beside this file). */
import { faults } from './faults.ts';
import { UsageError, parseOptions } from './options.ts';
import { say, serve } from './serve.ts';
import { Simulator } from './simulator.ts';
import { tcpLines } from './tcp/lines.ts';

const EXIT_USAGE = 2;

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.listFaults) say(faults);
  else await serve(new Simulator(options, tcpLines(options), say));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_USAGE;
}
