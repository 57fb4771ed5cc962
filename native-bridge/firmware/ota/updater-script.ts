/**
 * What a block update's script asks of the terminal, as far as its text tells: the script is a
 * program (AOSP, "Edify") that only recovery runs. These are facts to show, not proof.
 */

export interface ScriptDemand {
  /** `ro.product.device`. */
  readonly property: string;
  readonly value: string;
}

const maxDemands = 64;

/** Every comparison of a property with a text, in order, once each. */
export function scriptDemands(script: string): ScriptDemand[] {
  const demands = new Map<string, ScriptDemand>();
  const comparison = /getprop\("(ro\.[\w.]{1,80})"\)\s{0,8}==\s{0,8}"([^"\n]{1,200})"/g;
  for (const [, property = '', value = ''] of script.matchAll(comparison)) {
    if (demands.size < maxDemands) demands.set(`${property}=${value}`, { property, value });
  }
  return [...demands.values()];
}
