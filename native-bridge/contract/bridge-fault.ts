/**
 * From the layers' errors to the contract's faults: every layer throws errors of its own with a
 * `code` and `facts`; here they become what both hosts can show. Anything else is `internal`.
 */
import { factsSchema, type Facts } from './common.ts';
import { faultCodeSchema, type Fault, type FaultCode } from './fault.ts';

/** What the bridge throws: a fault as the contract has it. */
export class BridgeFault extends Error {
  override readonly name = 'BridgeFault';
  readonly fault: Fault;

  constructor(code: FaultCode, facts: Facts = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.fault = { code, facts, trace: options?.cause === undefined ? [] : traceOf(options.cause) };
  }

  static of(fault: Fault): BridgeFault {
    const error = new BridgeFault(fault.code, fault.facts);
    error.fault.trace.push(...fault.trace);
    return error;
  }
}

/** The chain of causes, outermost first; at most eight lines of 300 characters. */
function traceOf(error: unknown): string[] {
  const lines: string[] = [];
  let current: unknown = error;
  while (current !== undefined && current !== null && lines.length < 8) {
    const text = current instanceof Error ? current.message : inspectUnknown(current);
    lines.push(text.slice(0, 300));
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines;
}

/** What was thrown though it is no error. */
function inspectUnknown(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : `thrown ${typeof thrown}`;
}

function isCodedError(error: unknown): error is Error & { code: FaultCode; facts: Facts } {
  return (
    error instanceof Error &&
    'code' in error &&
    faultCodeSchema.safeParse(error.code).success &&
    'facts' in error &&
    factsSchema.safeParse(error.facts).success
  );
}

/** Maps whatever an operation threw to a fault. `aborted`: the request's own signal had fired. */
export function faultOf(error: unknown, aborted = false): Fault {
  if (error instanceof BridgeFault) return error.fault;
  if (isCodedError(error)) {
    return { code: error.code, facts: error.facts, trace: traceOf(error.cause) };
  }
  if (aborted || (error instanceof Error && error.name === 'AbortError')) {
    return { code: 'cancelled', facts: {}, trace: [] };
  }
  return { code: 'internal', facts: {}, trace: traceOf(error) };
}
