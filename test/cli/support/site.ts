// A Meridian with a system client, behind a gate that can turn requests away, lose answers and cut connections.

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { run } from '#src/cli/run.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

/** What becomes of a request; undefined lets it through. */
export type Gate = (asked: Pick<IncomingMessage, 'method' | 'url' | 'headers'>) => Turn | undefined;

export type Turn =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  /** The server gets so many bytes and no more, and the client no answer. */
  | { readonly cutAfter: number }
  /** The server answers and nobody hears it. */
  | 'lose answer';

export interface Site {
  readonly server: TestServer;
  /** FHIR base, through the gate. */
  readonly base: string;
  /** A folder for files of the test. */
  readonly folder: string;
  /** Of the client. */
  readonly keyFile: string;
  /** `POST Binary`, … in the order they came. */
  readonly asked: string[];
  /** Ids of the uploads that were named. */
  readonly uploads: ReadonlySet<string>;
  gate: Gate | undefined;
  /** Told of what the gate turned away, with its body. */
  heard: ((url: string, body: string) => void) | undefined;
  /** Runs the program in this process, as the client unless told otherwise. */
  meridian(words: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Writes a file into the folder. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Ran {
  readonly code: number;
  /** Results. */
  readonly printed: string;
  /** Progress and faults. */
  readonly shown: string;
  /** Seconds it wanted to wait, each time. */
  readonly waited: readonly number[];
}

export const openSite = async (env: Readonly<Record<string, string>> = {}): Promise<Site> => {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-cli-'));
  const asked: string[] = [];
  const uploads = new Set<string>();
  const gatekeeper = createServer((req, res) => {
    const upload = /_upload\/([^/?]+)/.exec(req.url ?? '')?.[1];
    if (upload !== undefined) uploads.add(upload);
    asked.push(`${req.method ?? ''} ${kindOf(req.url ?? '')}`);
    const turn = site.gate?.(req);
    pass({ req, res, turn, heard: site.heard, port: Number(new URL(server.url).port) });
  }).listen(0, '127.0.0.1');
  await once(gatekeeper, 'listening');
  const { port } = gatekeeper.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;
  const server = await startServer({ guard: 'standard', env: { PUBLIC_URL: url, ...env } });
  const keyFile = await addClient(server, folder);
  const site: Site = {
    ...{ server, base: `${url}/fhir`, folder, keyFile, asked, uploads },
    ...{ gate: undefined, heard: undefined },
    meridian: (words, options = {}) => meridian(words, options, site),
    file: async (name, content) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    close: async () => {
      gatekeeper.closeAllConnections();
      gatekeeper.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
  return site;
};

/** Without ids and queries. */
const kindOf = (url: string): string =>
  url
    .replace(/\?.*/, '')
    .replace(/^\/(fhir|oauth)\//, '')
    .replace(/_upload\/.*/, '_upload');

const addClient = async ({ application }: TestServer, folder: string): Promise<string> => {
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
  const jwks = {
    keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES384', use: 'sig' }],
  };
  const [organization] = await application.administer({
    ...{ command: 'create-organization', parameters: [['name', 'Hospital A']] },
  });
  await application.administer({
    command: 'create-client',
    parameters: [
      ...([
        ['name', 'Laboratory'],
        ['kind', 'system'],
        ['client-id', 'lab'],
      ] as const),
      ...([
        ['scope', 'system/*.cruds'],
        ['jwks', JSON.stringify(jwks)],
      ] as const),
      ['organization', String(organization!['valueString'])],
    ],
  });
  const keyFile = join(folder, 'key.json');
  await writeFile(keyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'one' }));
  return keyFile;
};

const meridian = async (
  words: readonly string[],
  { env, signal = new AbortController().signal }: RunOptions,
  { base, keyFile, folder }: Site,
): Promise<Ran> => {
  let [printed, shown] = ['', ''];
  const waited: number[] = [];
  const code = await run(words, {
    env: {
      ...{ MERIDIAN_SERVER: base, MERIDIAN_CLIENT_ID: 'lab', MERIDIAN_KEY: keyFile },
      ...{ XDG_STATE_HOME: join(folder, 'state'), ...env },
    },
    print: (text) => (printed += text),
    screen: { write: (text) => Boolean((shown += String(text))) },
    signal,
    pause: async (milliseconds) => {
      waited.push(milliseconds / 1000);
      await new Promise((resolve) => setTimeout(resolve, 5));
      signal.throwIfAborted();
    },
  });
  return { code, printed, shown, waited };
};

interface Passing {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly turn: Turn | undefined;
  readonly heard: Site['heard'];
  readonly port: number;
}

const pass = ({ req, res, turn, heard, port }: Passing): void => {
  if (typeof turn === 'object' && 'status' in turn) {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      heard?.(req.url ?? '', body);
      res.writeHead(turn.status, turn.headers).end(turn.body);
    });
    return;
  }
  const { method, url, headers } = req;
  const onward = request({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
    if (turn === 'lose answer') {
      answer.resume().on('end', () => req.socket.destroy());
      return;
    }
    res.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => req.socket.destroy());
  if (typeof turn === 'object') cutOff(req, onward, turn.cutAfter);
  else req.pipe(onward);
};

const cutOff = (req: IncomingMessage, onward: ReturnType<typeof request>, after: number): void => {
  let left = after;
  req.on('data', (chunk: Buffer) => {
    if (left <= 0) return;
    const part = chunk.subarray(0, left);
    left -= part.length;
    onward.write(part, () => {
      if (left > 0) return;
      // What was written has to arrive before the end of the connection overtakes it.
      setTimeout(() => {
        onward.destroy();
        req.socket.destroy();
      }, 300);
    });
  });
};
