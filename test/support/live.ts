// The server the conformance suites run against: one of our own on a temporary folder, or any live one by MERIDIAN_BASE
// (and MERIDIAN_TOKEN).

import { clientOf, type Client } from './client.ts';

export interface Live extends Client {
  /** True when it is not ours to stop or to fill without bounds. */
  readonly foreign: boolean;
}

/** Use inside `describe`: starts the server before the suite, stops it afterwards. */
export const liveServer = (): Live => {
  const foreign = process.env['MERIDIAN_BASE']?.replace(/\/+$/, '');
  let client: Client | undefined;
  let stop: (() => Promise<void>) | undefined;
  before(async function () {
    this.timeout(120_000);
    if (foreign !== undefined) {
      client = clientOf(foreign, process.env['MERIDIAN_TOKEN']);
      return;
    }
    const { startServer } = await import('./server.ts');
    const server = await startServer();
    client = clientOf(server.base);
    stop = () => server.close();
  });
  after(async () => {
    client?.close();
    await stop?.();
  });
  const live = (): Client => {
    if (client === undefined) throw new Error('The server is there inside tests only.');
    return client;
  };
  return {
    foreign: foreign !== undefined,
    get base() {
      return live().base;
    },
    ask: (...args) => live().ask(...args),
    get: (...args) => live().get(...args),
    post: (...args) => live().post(...args),
    put: (...args) => live().put(...args),
    patch: (...args) => live().patch(...args),
    delete: (...args) => live().delete(...args),
    close: () => undefined,
  };
};

export const long = process.env['LONG'] === '1';
