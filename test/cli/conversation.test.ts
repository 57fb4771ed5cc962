/** The conversation at a real terminal and Ctrl-C in it; and what stands in its place without a keyboard. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import type { Answers, Diagnosis, Question } from '../../native-bridge/contract/diagnosis.ts';
import { allQuestions } from '../../native-bridge/diagnosis/index.ts';
import { say } from '../../native-bridge/wording/index.ts';
import { documentOf, run, simulate, startAtTerminal, temporaryFolder } from './support.ts';
import type { AtTerminal } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const atTerminal = process.platform === 'linux';
if (!atTerminal) console.log('not run: conversations at a terminal (Linux only)');

const prompt = 'q stop asking): ';
const ended = Symbol('ended');
/** More questions than any complaint has; a conversation that asks for ever ends the test. */
const mostPrompts = 60;

/** Someone at the keyboard who reads which question is asked, whichever comes first. */
class Person {
  readonly data = temporaryFolder();
  readonly #talk: AtTerminal;
  #prompts = 0;

  constructor(...more: string[]) {
    this.#talk = startAtTerminal(['diagnose', '--no-terminal', '--data', this.data, ...more]);
  }

  /** The question of the next prompt; `ended` where none comes any more. */
  async asked(): Promise<Question | typeof ended> {
    this.#prompts += 1;
    const escaped = prompt.replaceAll(/[)]/gu, '\\)');
    const seen = new RegExp(`(?:${escaped}[^]*){${String(this.#prompts)}}`);
    const text = await this.#talk.said(seen).catch(() => null);
    return text === null ? ended : lastOf(text);
  }

  /** Answers `don't know` until the one that is looked for is asked. */
  async until(ids: readonly string[]): Promise<Question> {
    for (let at = 0; at < mostPrompts; at++) {
      const question = await this.asked();
      if (question === ended) break;
      if (ids.includes(question.id)) return question;
      this.says(question.choices.length === 0 ? '' : "don't know");
    }
    throw new Error(`never asked ${ids.join(', ')}`);
  }

  says(words: string): void {
    this.#talk.type(`${words}\r`);
  }

  /** With Ctrl-C; or with Ctrl-D, which ends the keyboard. */
  leaves(key = '\x03'): void {
    this.#talk.type(key);
  }

  async end() {
    const { code, stdout } = await this.#talk.ended;
    return { code, text: plain(stdout) };
  }

  /** What the case remembers. */
  async answers(symptom: string): Promise<Answers> {
    const history = documentOf(await run(['history', '--json', '--data', this.data]));
    const { cases } = history.result as { cases: { id: string }[] };
    const caseId = cases[0]?.id ?? '';
    const same = ['--no-terminal', '--symptom', symptom, '--case', caseId, '--data', this.data];
    const { result } = documentOf(await run(['diagnose', ...same, '--json']));
    return (result as { answers: Answers }).answers;
  }
}

/** Lines are wrapped anywhere. */
const plain = (text: string): string => stripVTControlCharacters(text).replaceAll(/\s+/gu, ' ');

function lastOf(output: string): Question {
  const text = plain(output);
  const places = allQuestions(null).map((question) => ({
    question,
    at: text.lastIndexOf(say(question.text, 'en')),
  }));
  const last = places.reduce((a, b) => (b.at > a.at ? b : a));
  if (last.at < 0) throw new Error(`no question in ${text}`);
  return last.question;
}

const wordsOf = ({ choices }: Question, id: string | undefined): string => {
  const choice = choices.find((one) => one.id === id);
  return choice === undefined ? "don't know" : say(choice.text, 'en');
};

describe.runIf(atTerminal)('a diagnosis at a keyboard', () => {
  it('names the cause that the answers come to', async () => {
    const person = new Person('--symptom', 'S3');
    const truth: Answers = {
      'who-scans': 'payer',
      payers: 'all',
      'bill-payee': 'other',
      'bill-status': 'paid',
      'counter-payee': 'other',
    };
    let question = await person.asked();
    for (let at = 0; at < mostPrompts && question !== ended; at++) {
      person.says(wordsOf(question, truth[question.id]));
      question = await person.asked();
    }
    const { code, text } = await person.end();
    expect(text).toContain('As it stands: ');
    expect(text).toContain('No further answer would change the outcome');
    expect(text).toMatch(/Cause: .*code/u);
    expect(code).toBe(1);
  });

  it('says what an answer ruled out, goes back, and stops asking', async () => {
    const person = new Person('--symptom', 'S3');
    const question = await person.until(['who-scans', 'bill-payee']);
    person.says('1');
    await person.asked();
    person.says('back');
    expect(await person.asked()).toEqual(question);
    person.says('q');
    const { code, text } = await person.end();
    expect(text).toContain('Ruled out: ');
    expect(text).toContain('q stop asking): back ? No cause yet');
    expect(text).toContain('What to do: ');
    expect(code).toBe(5);
    expect(await person.answers('S3')).not.toHaveProperty(question.id);
  });

  it('asks answers that contradict each other again, each once', async () => {
    const told = { payers: 'all', 'other-payer': 'works' };
    const given = Object.entries(told).flatMap(([id, answer]) => ['--answer', `${id}=${answer}`]);
    const person = new Person('--symptom', 'S1', ...given);
    const asked: (string | undefined)[] = [];
    for (let at = 0; at < 3; at++) {
      const question = await person.asked();
      if (question === ended) break;
      asked.push(question.id);
      const answer = Object.entries(told).find(([id]) => id === question.id)?.[1];
      person.says(answer === undefined ? 'q' : wordsOf(question, answer));
    }
    const { text } = await person.end();
    expect(text).toContain("These can't both be so: ");
    expect(text).toContain('Asked again: ');
    expect(asked.slice(0, 2).sort()).toEqual(['other-payer', 'payers']);
    expect(Object.keys(told)).not.toContain(asked[2]);
  });

  it.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('left with %s keeps what was answered, and goes on with it', async (_, key) => {
    const person = new Person('--symptom', 'S3');
    const question = await person.asked();
    if (question === ended) throw new Error('nothing was asked');
    const words = question.choices.length === 0 ? 'waiting' : '1';
    person.says(words);
    await person.asked();
    person.leaves(key);
    const { code, text } = await person.end();
    expect(code).toBe(5);
    expect(text).toContain('What was answered is in the case');
    const answer = question.choices[0]?.id ?? words;
    expect(await person.answers('S3')).toEqual({ [question.id]: answer });
  });

  it('reads the terminal first, and asks nothing where it is told not to', async () => {
    const { url, data, merchant } = await simulate(['wrong-merchant']);
    const told = ['--symptom', 'S3', '--merchant', merchant, '--data', data, '--no-questions'];
    const { stdout } = await startAtTerminal(['diagnose', url, ...told]).ended;
    expect(stdout).toContain('Cause: ');
    expect(stdout).not.toContain(prompt);
  });
});

describe('without a keyboard', () => {
  it('nothing is asked', async () => {
    const data = temporaryFolder();
    const { stdout, code } = await run([
      'diagnose',
      '--no-terminal',
      '--symptom',
      'S3',
      '--data',
      data,
    ]);
    expect(stdout).toContain('No terminal attached');
    expect(code).toBe(5);
  });

  it('the next step shows which answer is waited for, and gives none', async () => {
    const told = ['--symptom', 'S3', '--data', temporaryFolder()];
    const { stdout } = await run(['diagnose', '--no-terminal', ...told]);
    expect(stdout).toMatch(/--answer '[\w-]+=…'/u);
  });

  it('an answer that is well says nothing of those that were not given', async () => {
    const told = ['--symptom', 'S3', '--answer', 'counter-payee=own', '--data', temporaryFolder()];
    const { stdout, code } = await run(['diagnose', '--no-terminal', ...told]);
    expect(stdout).toContain('No cause yet: there are questions left to ask');
    expect(code).toBe(5);
  });

  it('a case is gone on with by its id alone', async () => {
    const data = temporaryFolder();
    const first = ['diagnose', '--no-terminal', '--data', data, '--json'];
    const given = ['--symptom', 'S4', '--answer', 'payers=all'];
    const { caseId } = documentOf(await run([...first, ...given])).result as Diagnosis;
    const again = documentOf(await run([...first, '--case', caseId])).result;
    expect(again).toMatchObject({ caseId, symptom: 'S4', answers: { payers: 'all' } });
  });

  it('the complaint has to be named', async () => {
    const { stderr, code } = await run(['diagnose', '--no-terminal']);
    expect(stderr).toContain('Option --symptom <S1..S5> is missing');
    expect(code).toBe(2);
  });

  it.each([
    ['who-scans=nobody', 'payer (the payer scans the shop'],
    ['who-scnas=payer', 'There is no question who-scnas'],
    ['exact-words=…', 'expected the exact words'],
  ])('the answer %s is refused with what there is', async (answer, expected) => {
    const args = ['diagnose', '--no-terminal', '--symptom', 'S3', '--answer', answer];
    const { stderr, code } = await run([...args, '--data', temporaryFolder()]);
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });

  it.each([
    [['--routine', '--symptom', 'S3'], '--routine and --symptom'],
    [['--no-terminal', 'COM7', '--symptom', 'S3'], '--no-terminal and COM7'],
  ])('%j don’t go together', async (args, expected) => {
    const { stderr, code } = await run(['diagnose', ...args]);
    expect(stderr).toContain(`${expected} don't go together`);
    expect(code).toBe(2);
  });

  it('the questions are listed as --answer takes them', async () => {
    const data = temporaryFolder();
    const { stdout } = await run(['questions', '--symptom', 'S3', '--data', data]);
    expect(stdout).toMatch(/who-scans=payer +the payer scans/);
    expect(stdout).not.toContain('hotspot=');
  });

  it('a routine visit says when the next one is due, in the history too', async () => {
    const { url, data } = await simulate();
    const { stdout } = await run(['diagnose', url, '--routine', '--data', data]);
    expect(stdout).toContain('Next routine visit: ');
    expect(stdout).toContain('this is the first');
    expect((await run(['history', '--data', data])).stdout).toContain('next');
  });
});
