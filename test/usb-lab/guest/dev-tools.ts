/**
 * Chromium's DevTools protocol over one web socket: to a page, or to Node's inspector in the app's
 * main process. Playwright speaks it better, and takes an emulated processor seconds to load.
 */
import { within } from './harness.ts';

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

const answerTimeoutMs = 120_000;

export class DevTools {
  /** Told of what nobody asked for. */
  onEvent: (method: string, params: Readonly<Record<string, unknown>>) => void = () => undefined;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) =>
      this.#take(JSON.parse(String(data)) as Answer),
    );
  }

  static async connect(url: string): Promise<DevTools> {
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      socket.addEventListener('error', () => reject(new Error(`no line to ${url}`)), {
        once: true,
      });
    });
    return new DevTools(socket);
  }

  /** What a method of the protocol answers with. */
  async call<T>(method: string, params: object = {}, timeoutMs = answerTimeoutMs): Promise<T> {
    const id = ++this.#lastId;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await within(answered, timeoutMs, method).finally(() =>
      this.#waiting.delete(id),
    );
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }

  /** The value of an expression, once it has resolved. */
  async evaluate<T>(expression: string, timeoutMs = answerTimeoutMs): Promise<T> {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const answer = await this.call<Evaluated>('Runtime.evaluate', asked, timeoutMs);
    const failed = answer.exceptionDetails;
    if (failed) throw new Error(failed.exception?.description ?? failed.text);
    return answer.result.value as T;
  }

  /** What waits for an answer goes on waiting. */
  close(): void {
    this.#socket.close();
  }

  #take({ id, method, params = {}, ...answer }: Answer): void {
    if (id !== undefined) this.#waiting.get(id)?.(answer);
    else if (method !== undefined) this.onEvent(method, params);
  }
}
