/** Every fault alone and every two together, under each symptom: is the named cause the right one? */
import { afterAll, describe, expect, it } from 'vitest';
import { checkPlaces } from '../../native-bridge/contract/check-places.ts';
import { symptomSchema, type Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { standing } from '../../native-bridge/diagnosis/answers/standing.ts';
import {
  checkOrder,
  chooseCause,
  evaluate,
  runPlaybook,
  type Conclusion,
} from '../../native-bridge/diagnosis/index.ts';
import { conditionIds } from '../../native-bridge/diagnosis/rules/index.ts';
import { explained, scenarios, warnings, type Scenario } from './scenarios.ts';
import { Bench } from './terminal.ts';

const symptoms = symptomSchema.options;
const can = (scenario: Scenario, symptom: Symptom): boolean =>
  scenario.symptoms.split(' ').includes(symptom.slice(1));

function diagnose(symptom: Symptom, ...made: readonly Scenario[]): Conclusion {
  const bench = new Bench();
  for (const { make } of made) make(bench);
  return runPlaybook(bench.input(symptom));
}

/** Without what would be asked next. */
function conclude(symptom: Symptom, bench: Bench): Conclusion {
  const input = bench.input(symptom);
  const told = standing(input.answers);
  return chooseCause(
    checkOrder.map((id) => evaluate(id, input, told)),
    symptom,
  );
}

const of = (conclusion: Conclusion, scenario: Scenario) =>
  conclusion.findings.find((f) => f.check === scenario.check);
const keyOf = ({ condition }: Scenario): string => `found_${condition.replaceAll('-', '_')}`;

const leftOut = new Map<string, number>();
const tally = { single: 0, singleRight: 0, pairs: 0, pairsRight: 0 };

describe('a single fault', () => {
  const cases = scenarios.flatMap((s) =>
    symptoms.map((symptom) => [s.condition, symptom, s] as const),
  );

  it.each(cases)('%s under %s', (_name, symptom, scenario) => {
    const conclusion = diagnose(symptom, scenario);
    const finding = of(conclusion, scenario);
    if (!can(scenario, symptom) && scenario.elsewhere !== undefined) {
      expect(conclusion.findings.filter((f) => f.verdict === 'fail')).toEqual([]);
      return;
    }
    expect(finding).toMatchObject({ verdict: 'fail', headline: { key: keyOf(scenario) } });
    if (!can(scenario, symptom)) {
      expect({ cause: conclusion.cause, role: finding?.role }).toEqual({
        cause: null,
        role: 'finding',
      });
      return;
    }
    tally.single++;
    expect({ cause: conclusion.cause, role: finding?.role }).toEqual({
      cause: scenario.check,
      role: 'cause',
    });
    // Whatever else fails is a consequence of it, and said so.
    const others = conclusion.findings.filter((f) => f.verdict === 'fail' && f !== finding);
    expect(others.map((f) => f.role)).toEqual(others.map(() => 'follows'));
    tally.singleRight++;
  });

  it.each(warnings.map((w) => [w.condition, w] as const))(
    '%s is worth a word and no cause',
    (_n, w) => {
      for (const symptom of symptoms) {
        const conclusion = diagnose(symptom, w);
        expect(conclusion.cause).toBeNull();
        expect(of(conclusion, w)).toMatchObject({ verdict: 'warn', headline: { key: keyOf(w) } });
      }
    },
  );
});

/** What a person would say: what explains the other, else the lower one on the ladder. */
function expectedOfPair(a: Scenario, b: Scenario, symptom: Symptom): Scenario | null {
  const able = [a, b].filter((s) => can(s, symptom));
  const [first, second] = able;
  if (!first || !second) return first ?? null;
  const isExplained = (x: Scenario, by: Scenario): boolean =>
    explained.some(([cause, gone]) => cause === by.condition && gone === x.condition);
  if (isExplained(first, second)) return second;
  if (isExplained(second, first)) return first;
  const guide = (s: Scenario): number => checkOrder.indexOf(s.check);
  return [...able].sort((x, y) => x.rank - y.rank || guide(x) - guide(y))[0] ?? null;
}

/** Readings, settings and answers that a scenario sets: two that set the same can't both hold. */
function touched(scenario: Scenario): Set<string> {
  const bench = new Bench();
  const before = new Bench();
  scenario.make(bench);
  const changed = [...new Set([...before.values.keys(), ...bench.values.keys()])].filter(
    (name) => before.values.get(name) !== bench.values.get(name),
  );
  const answers = Object.keys({ ...before.answers, ...bench.answers })
    .filter((id) => before.answers[id] !== bench.answers[id])
    .map((id) => `answer to ${id}`);
  const settings = bench.expectations
    ? [...bench.current.keys()]
    : ['pay', ...bench.current.keys()];
  return new Set([...changed, ...answers, ...settings]);
}

const known = new Map<Scenario, ReadonlySet<string>>();

function touchedOnce(scenario: Scenario): ReadonlySet<string> {
  const found = known.get(scenario) ?? touched(scenario);
  known.set(scenario, found);
  return found;
}

/** Why two can't be there together, or can't be told together; null: they can. */
function apart(a: Scenario, b: Scenario): string | null {
  if (a.check === b.check) return 'one check says one thing: its lowest condition leads';
  const both = [a.condition, b.condition];
  if (both.includes('network-setting-wrong') && [a, b].some(hasNoLink)) {
    return 'without a link nobody can say what a wrong payment host does';
  }
  const isLarge = both.some((condition) => condition.startsWith('network-large-blocked'));
  if (isLarge && [a, b].some(({ make }) => !isReached(make))) {
    return 'what is too large for the way is only found where small requests get through it';
  }
  const tunnelled: readonly string[] = ['network-large-blocked', 'platform-host-down'];
  if (both.some((one) => tunnelled.includes(one)) && [a, b].some(hasTunnel)) {
    return 'in a tunnel it is another condition, and a computer outside of it can’t tell';
  }
  if (both.includes('qr-mode-wrong') && both.some((one) => one.startsWith('qr-validity-'))) {
    return 'a static code has no validity';
  }
  if (both.includes('not-activated') && both.includes('binding-unfiled')) {
    return 'one that was never activated is answered 97 whatever is on file';
  }
  if (both.includes('payment-merchant-number') && both.includes('binding-merchant-unknown')) {
    return 'a wrong number that is answered 03 is nobody’s: a condition of its own';
  }
  const datesTell = ['tls-not-yet-valid', 'tls-failed'];
  if (both.includes('clock-off') && both.some((one) => datesTell.includes(one))) {
    return 'a late clock beside a certificate that may look too new is a condition of its own';
  }
  const isScanning = ({ check, condition }: Scenario): boolean =>
    check === 'scanner' || condition === 'qr-presented-wrong';
  const scans = [a, b].some(isScanning);
  if (scans && both.some((condition) => condition.startsWith('qr-'))) {
    return 'who scans the payer shows no code';
  }
  const settingsOff = both.includes('payment-not-matching');
  if (settingsOff && [a, b].some((s) => s.check !== 'payment-settings' && needsExpected(s))) {
    return 'without expected values no other setting can be wrong';
  }
  const other = touchedOnce(b);
  const shared = [...touchedOnce(a)].find((one) => other.has(one));
  if (shared === undefined) return null;
  return shared.startsWith('answer')
    ? 'both are told by the same question, which has one answer'
    : 'both set the same reading or setting, which has one value';
}

const made = (make: Scenario['make']): Bench => {
  const bench = new Bench();
  make(bench);
  return bench;
};
const hasNoLink = ({ make }: Scenario): boolean => made(make).values.get('network.link') === 'none';
const hasTunnel = ({ make }: Scenario): boolean => made(make).values.get('vpn.up') === true;
const isReached = (make: Scenario['make']): boolean =>
  made(make).values.get('network.paymentHostReached') === true;
const needsExpected = ({ condition }: Scenario): boolean =>
  [
    'network-setting-wrong',
    'wifi-not-joined',
    'vpn-switched-off',
    'clock-zone-wrong',
    'scanner-setting',
    'qr-payload-other-code',
    'qr-setting-wrong',
  ].includes(condition);

interface Pair {
  readonly a: Scenario;
  readonly b: Scenario;
  readonly symptom: Symptom;
}

/** What is wrong with how two faults together are told; null: nothing. */
function wrongOf({ a, b, symptom }: Pair, bench: Bench): string | null {
  const expected = expectedOfPair(a, b, symptom);
  const { cause, findings } = conclude(symptom, bench);
  const name = `${a.condition} + ${b.condition} ${symptom}`;
  if (cause !== (expected?.check ?? null)) {
    return `${name}: ${String(cause)}, not ${String(expected?.check)}`;
  }
  const hidden = [a, b].filter(
    ({ check }) => findings.find((f) => f.check === check)?.verdict !== 'fail',
  );
  const shown = hidden.filter((one) => !isOffElsewhere(one, symptom));
  return shown.length === 0 ? null : `${name}: ${shown.map((s) => s.check).join()} is not shown`;
}

/** Usual where it can't produce the symptom, so no fault there. */
const isOffElsewhere = (scenario: Scenario, symptom: Symptom): boolean =>
  scenario.elsewhere !== undefined && !can(scenario, symptom);

it('every two faults together name the cause that a person would, and show both', () => {
  const wrong: string[] = [];
  scenarios.forEach((a, place) => {
    for (const b of scenarios.slice(place + 1)) {
      const reason = apart(a, b);
      if (reason !== null) {
        leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
        continue;
      }
      const bench = new Bench();
      for (const { make } of [a, b]) make(bench);
      for (const symptom of symptoms) {
        const fault = wrongOf({ a, b, symptom }, bench);
        tally.pairs++;
        if (fault === null) tally.pairsRight++;
        else wrong.push(fault);
      }
    }
  });
  expect(wrong).toEqual([]);
  expect(tally.pairs).toBeGreaterThan(10_000);
  // Over two hundred thousand diagnoses: minutes, and many of them on a busy machine.
}, 900_000);

it('two independent faults are a cause and a further cause', () => {
  const [mid, battery] = ['payment-merchant-number', 'battery-empty'].map((id) =>
    scenarios.find((s) => s.condition === id),
  );
  const { findings, cause } = diagnose('S4', mid as Scenario, battery as Scenario);
  expect(cause).toBe('battery');
  expect(findings.find((f) => f.check === 'payment-settings')?.role).toBe('further-cause');
});

it('no rule is dead: every condition has a scenario that finds it', () => {
  const tried = [...scenarios, ...warnings].map((s) => s.condition);
  expect([...conditionIds].sort()).toEqual([...tried].sort());
});

it('findings stand in the order of the screen', () => {
  const { findings } = diagnose('S1');
  const order = checkPlaces.map(({ check }) => check).filter((id) => checkOrder.includes(id));
  expect(findings.map((f) => f.check)).toEqual(order);
});

afterAll(() => {
  for (const [reason, count] of leftOut) {
    console.log(`fault matrix: ${String(count)} pairs left out: ${reason}`);
  }
  const percent = (right: number, of: number): string => `${((100 * right) / of).toFixed(1)} %`;
  console.log(
    `fault matrix: ${String(scenarios.length)} faults, ${String(warnings.length)} warnings; ` +
      `single ${String(tally.singleRight)}/${String(tally.single)} (${percent(tally.singleRight, tally.single)}), ` +
      `pairs ${String(tally.pairsRight)}/${String(tally.pairs)} (${percent(tally.pairsRight, tally.pairs)})`,
  );
});
