// Server: requests to the FHIR API with a token, tried again while the server says later, or is not to be reached.

import { setTimeout as sleep } from 'node:timers/promises';
import { NoAccess, type Tokens } from './token.ts';

export interface Sent {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the FHIR base, or a whole address on the same host. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** '' for HEAD. */
  readonly text: string;
}

export interface Server {
  /** Any answer but those that ask to come again later. Throws Unreachable when it keeps on doing that. */
  ask(sent: Sent): Promise<Answer>;
  /** One try: what streams cannot be sent again as it was. Throws Later. */
  tryOnce(sent: Sent): Promise<Answer>;
  /** Waits as long as the fault says, or longer with every try. Throws Unreachable after the last one. */
  wait(fault: unknown, tries: number): Promise<void>;
}

/** The server did not answer, or asked to be left alone for a while. */
export class Later extends Error {
  override readonly name = 'Later';
  readonly seconds: number | undefined;

  constructor(message: string, seconds?: number, options?: ErrorOptions) {
    super(message, options);
    this.seconds = seconds;
  }
}

/** It was tried often enough. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface ServerOptions {
  readonly base: string;
  readonly tokens: Tokens;
  readonly signal: AbortSignal;
  /** How often a request is tried. */
  readonly tries?: number;
  readonly pause?: Pause;
}

export const createServer = ({
  base,
  tokens,
  signal,
  tries: most = 8,
  pause = rest,
}: ServerOptions): Server => {
  const worked = new Set<string>();
  const send = async (sent: Sent): Promise<Answer> => {
    const token = await tokens.get(signal);
    const answer = await fetch(addressOf(sent.path, base), {
      ...{ method: sent.method, redirect: 'error', signal, duplex: 'half' },
      headers: {
        accept: 'application/fhir+json',
        ...sent.headers,
        authorization: `Bearer ${token}`,
      },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    });
    if (answer.status !== 401) worked.add(token);
    else if (worked.has(token)) {
      // It was taken back before its time. One that never worked is not mended by another.
      tokens.forget(token);
      throw new Later('The server takes the token no longer.', 0);
    }
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  const tryOnce = async (sent: Sent): Promise<Answer> => {
    const answer = await send(sent).catch((error: unknown) => {
      if (signal.aborted || error instanceof NoAccess || error instanceof Later) throw error;
      throw new Later(reasonOf(error), undefined, { cause: error });
    });
    if (!later.has(answer.status)) return answer;
    throw new Later(`The server answered ${String(answer.status)}.`, secondsOf(answer.headers));
  };

  const wait: Server['wait'] = async (fault, tries) => {
    if (!(fault instanceof Later)) throw fault;
    if (tries >= most)
      throw new Unreachable(`${fault.message} Tried ${String(tries)} times.`, { cause: fault });
    const seconds = fault.seconds ?? Math.min(2 ** (tries - 1), 30) * (0.75 + Math.random() / 2);
    await pause(seconds * 1000, signal);
  };

  const ask: Server['ask'] = async (sent) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await tryOnce(sent);
      } catch (fault) {
        await wait(fault, tries);
      }
    }
  };
  return { ask, tryOnce, wait };
};

const rest: Pause = async (milliseconds, signal) => {
  await sleep(milliseconds, undefined, { signal });
};

const later: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Tokens go nowhere else. */
const addressOf = (path: string, base: string): string => {
  const url = new URL(path, `${base}/`);
  if (url.origin === new URL(base).origin) return url.href;
  throw new NoAccess(
    `The server sends us to ${url.origin}, which is not where --server is; its PUBLIC_URL is another.`,
  );
};

/** "Retry-After: 120" or a date. https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
const secondsOf = (headers: Headers): number | undefined => {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3600) : undefined;
};

const reasonOf = (error: unknown): string => {
  // fetch says "fetch failed" and gives the reason as the cause.
  const { cause = error } = error as { readonly cause?: unknown };
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  return `The server could not be reached (${code ?? message ?? 'no reason given'}).`;
};
