/** The simulated Android terminal as a program, over TCP (README.md beside this file). */
import { writeTrainingApps } from './apk/training-apps.ts';
import { faults } from './faults.ts';
import { models } from './models/index.ts';
import { UsageError, parseOptions, type Options } from './options.ts';
import { say, serve } from './serve.ts';
import { Simulator } from './simulator.ts';
import { tcpLines } from './tcp/lines.ts';

const EXIT_USAGE = 2;

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.listFaults) say(faults);
  else await serve(new Simulator(options, tcpLines(options), say), () => appsOf(options));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_USAGE;
}

function appsOf({ appsFolder, model }: Options): object {
  return appsFolder === null ? {} : { apps: writeTrainingApps(models[model], appsFolder) };
}
