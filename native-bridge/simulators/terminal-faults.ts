/** What can be wrong with a simulated terminal, as data, and which of it is: the same for all of them. */

export interface TerminalFault<Name extends string, Kind, ClearedBy, Model> {
  readonly name: Name;
  /** What it simulates. */
  readonly simulates: string;
  readonly kind: Kind;
  /** The check of the playbook that it makes fail; null where it makes none fail. */
  readonly check: string | null;
  readonly clearedBy: ClearedBy;
  /** Settings it changes, with the wrong values. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The models that can have it. */
  readonly models: readonly Model[];
}

/** Null where there is no such fault, or the model can't have it. */
export function faultAmong<Fault extends TerminalFault<string, unknown, unknown, string>>(
  faults: readonly Fault[],
  model: Fault['models'][number],
  name: string,
): Fault | null {
  const fault = faults.find((each) => each.name === name);
  return fault?.models.includes(model) === true ? fault : null;
}

/** Which faults are on. */
export class FaultsOn<Name extends string> {
  readonly #on = new Set<string>();

  has(name: Name): boolean {
    return this.#on.has(name);
  }

  set(name: string, on: boolean): void {
    if (on) this.#on.add(name);
    else this.#on.delete(name);
  }

  /** True once for a fault that happens once; it is off afterwards. */
  takeOnce(name: Name): boolean {
    return this.#on.delete(name);
  }

  names(): string[] {
    return [...this.#on].sort();
  }
}
