// The server as a process: it starts fast, stops gracefully, and a kill -9 loses nothing it acknowledged.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { startUnguarded, type ChildServer } from '../support/child-server.ts';
import { clientOf, outcomeOf, resourceOf, type Answer, type Client } from '../support/client.ts';
import { long } from '../support/live.ts';
import { chanceOf } from '../support/chance.ts';

const kills = long ? 200 : 20;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the server process', function () {
  this.timeout(1_800_000);
  let folder: string;
  let server: ChildServer | undefined;
  let client: Client;

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<ChildServer> => {
    server = await startUnguarded(folder, env);
    client = clientOf(server.base);
    return server;
  };
  const end = async (signal: NodeJS.Signals): Promise<number | string> => {
    const code = await server!.end(signal);
    client.close();
    server = undefined;
    return code;
  };

  before(() => {
    // The cache is compiled once at install; a start is measured with it.
    loadDefinitions();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-process-'));
  });
  afterEach(async () => {
    if (server) await end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('starts within seconds with a warm cache, and prints how fast', async () => {
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      times.push((await start()).startedInMs);
      await end('SIGTERM');
    }
    console.log(`      warm start: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    // The target is one second on a quiet machine; a test shares it with others.
    expect(Math.min(...times)).to.be.below(15_000);
  });

  it('answers /healthz, /readyz and /metrics', async () => {
    const { url } = await start();
    const texts: string[] = [];
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      const answer = await fetch(url + path);
      expect(answer.status, path).to.equal(200);
      texts.push(await answer.text());
    }

    expect(texts[2]).to.match(/^# HELP /m);
  });

  it('finishes what is in flight on SIGTERM, and exits 0', async () => {
    await start();
    // One connection per request, all accepted before the signal.
    const entry = Array.from({ length: 400 }, (_, place) => ({
      resource: { resourceType: 'Basic', code: { text: String(place) } },
      request: { method: 'POST', url: 'Basic' },
    }));
    const inFlight = Array.from({ length: 8 }, () =>
      client.post('', { resourceType: 'Bundle', type: 'transaction', entry }),
    );
    // Connections are taken in the order they came: those before have been.
    await client.get('metadata');

    const code = await end('SIGTERM');

    expect((await Promise.all(inFlight)).map(({ status }) => status)).to.deep.equal(
      Array(8).fill(200),
    );
    expect(code).to.equal(0);
    await start();
    const { total } = JSON.parse((await client.get('Basic?_summary=count')).text) as {
      total: number;
    };
    expect(total).to.equal(3200);
  });

  it('stops at once when nothing is in flight, keep-alive connections or not', async () => {
    await start();
    await client.get('metadata');
    const began = performance.now();

    expect(await end('SIGTERM')).to.equal(0);
    expect(performance.now() - began).to.be.below(15_000);
  });

  it('obeys a limit of the environment and names it', async () => {
    await start({ LIMIT_PARAMETERS: '3' });
    const answer = await client.get('Patient?name=a&name=b&name=c&name=d');

    expect(answer.status).to.equal(400);
    expect(outcomeOf(answer).issue[0]!.diagnostics).to.contain('LIMIT_PARAMETERS');
  });

  it(`loses no acknowledged version in ${String(kills)} kills -9`, async () => {
    const chance = chanceOf(20261121);
    const acknowledged = new Map<string, number>();
    let versions = 0;

    /** Writes until the connection breaks; remembers what was answered. */
    const writer = async (name: number, round: number): Promise<void> => {
      for (let count = 0; ; count += 1) {
        const answer = await write(name, round, count).catch(() => undefined);
        if (answer === undefined) return;
        if (answer.status !== 200 && answer.status !== 201) throw new Error(answer.text);
        versions += 1;
        const made = resourceOf(answer, [200, 201]);
        if (made.resourceType === 'Bundle')
          for (const entry of made.entry ?? []) {
            const path = /Basic\/[^/]+/.exec(entry.response!.location!)![0];
            acknowledged.set(path, 1);
          }
        else acknowledged.set(`Basic/${made.id!}`, Number(made.meta!.versionId));
      }
    };
    const basic = (id: string | undefined, text: string): object => ({
      resourceType: 'Basic',
      ...(id !== undefined && { id }),
      code: { text },
    });
    const write = (name: number, round: number, count: number): Promise<Answer> => {
      const text = `${String(round)}-${String(count)}`;
      if (name % 3 === 0) return client.post('Basic', basic(undefined, text));
      if (name % 3 === 1)
        return client.put(`Basic/w${String(name)}`, basic(`w${String(name)}`, text));
      return client.post('', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: Array.from({ length: 5 }, () => ({
          resource: basic(undefined, text),
          request: { method: 'POST', url: 'Basic' },
        })),
      });
    };
    const lost = async (sample: ReadonlyMap<string, number>): Promise<readonly string[]> => {
      const missing: string[] = [];
      for (const [path, version] of sample) {
        const answer = await client.get(`${path}/_history/${String(version)}`);
        if (answer.status !== 200)
          missing.push(`${path} version ${String(version)}: ${String(answer.status)}`);
      }
      return missing;
    };

    let checked = 0;
    for (let round = 0; round < kills; round += 1) {
      await start();
      const fresh = new Map([...acknowledged].slice(checked));
      expect(await lost(fresh), `after kill ${String(round)}`).to.deep.equal([]);
      checked = acknowledged.size;
      const writers = Array.from({ length: 6 }, (_, name) => writer(name, round));
      await sleep(30 + chance.below(250));
      await end('SIGKILL');
      await Promise.all(writers);
    }
    await start();
    expect(await lost(acknowledged)).to.deep.equal([]);
    console.log(`      ${String(versions)} acknowledged writes over ${String(kills)} kills`);
    expect(versions).to.be.greaterThan(kills);
  });
});
