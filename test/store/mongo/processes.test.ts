// Several processes over one MongoDB: claims, one-time codes, conditional creates and the default order hold across them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { openMongo } from '#src/store/mongo/open.ts';
import type { Plan } from '#src/search/plan.ts';
import type { Store } from '#src/store/port.ts';
import { search } from '#test/contract/support/build.ts';
import { startUnguarded, type ChildServer } from '#test/support/child-server.ts';
import { useMongo } from '#test/support/mongo.ts';
import { inFolder } from '../support/folder.ts';

const rounds = 25;
const isObservation: Plan = { op: 'type', types: ['Observation'] };

const run = async (url: string, name: string): Promise<readonly string[]> => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../support/claim-all.ts'), url, name, String(rounds)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).to.equal(0);
  return printed.split('\n').filter(Boolean);
};

describe('store/mongo: several processes', function () {
  this.timeout(120_000);
  let url: string;
  let store: Store;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const server = await useMongo();
    url = server.freshUrl();
    store = await openMongo({ url, searchSeconds: 20, fingerprint: 'test' });
    close = async () => {
      await store.close();
      await server.drop(url);
      await server.release();
    };
  });
  afterEach(() => close());

  it('gives each claim, code, job and conditional create to one of two', async () => {
    for (let id = 0; id < rounds; id += 1) {
      await store.records.put('code', String(id), { grant: 'g' });
      await store.records.put('job', String(id), { state: 'new' });
    }

    const won = (await Promise.all([run(url, 'one'), run(url, 'two')])).flat();

    const all = ['claim', 'code', 'job', 'create'].flatMap((what) =>
      Array.from({ length: rounds }, (_, id) => `${what} ${String(id)}`),
    );
    expect(won.toSorted()).to.deep.equal(all.toSorted());
    expect(await store.resources.count({ op: 'type', types: ['Patient'] })).to.equal(rounds);
  });

  it('shows what several processes create once, whatever the size of the pages', async () => {
    await Promise.all([run(url, 'one'), run(url, 'two')]);

    const inOne = await search(store, isObservation);
    const inMany = await search(store, isObservation, { size: 3 });

    expect(inMany).to.deep.equal(inOne);
    expect(new Set(inOne).size).to.equal(2 * rounds);
    // The order of each process is the order in which it created.
    for (const name of ['one', 'two']) {
      const own = inOne.filter((each) => each.includes(name));
      const created = Array.from({ length: rounds }, (_, id) => id);
      expect(own.map((each) => Number(each.split('-')[1]))).to.deep.equal(
        name === 'one' ? created : created.toReversed(),
      );
    }
  });

  it('serves one record from two servers: written on one, read, changed and paged on the other', () =>
    inFolder((one) =>
      inFolder(async (two) => {
        const env = { MONGODB_URL: url };
        const servers: readonly [ChildServer, ChildServer] = [
          await startUnguarded(one, env),
          await startUnguarded(two, env),
        ];
        try {
          await onBoth(servers);
        } finally {
          expect(await Promise.all(servers.map((each) => each.end('SIGTERM')))).to.deep.equal([
            0, 0,
          ]);
        }
      }),
    ));
});

const onBoth = async ([one, two]: readonly [ChildServer, ChildServer]): Promise<void> => {
  const send = (server: ChildServer, path: string, method: string, body: object) =>
    fetch(`${server.base}/${path}`, {
      method,
      headers: {
        'content-type': 'application/fhir+json',
        'if-none-exist': 'identifier=http://a%7C1',
      },
      body: JSON.stringify(body),
    });
  const patient = { resourceType: 'Patient', identifier: [{ system: 'http://a', value: '1' }] };
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, place) =>
      send(place % 2 ? one : two, 'Patient', 'POST', patient),
    ),
  );

  expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
  expect(answers.filter(({ status }) => status === 200)).to.have.length(9);
  const { id } = (await answers[0]!.json()) as { id: string };
  const read = await fetch(`${two.base}/Patient/${id}`);
  expect(read.status).to.equal(200);
  // A cursor sealed by one server is opened by the other: both have the same key.
  for (const active of [true, false]) await send(one, 'Basic', 'POST', basic(active));
  const first = (await (await fetch(`${one.base}/Basic?_count=1`)).json()) as Page;
  const next = first.link.find(({ relation }) => relation === 'next')!.url;
  const second = (await (await fetch(next.replace(one.base, two.base))).json()) as Page;
  expect(second.entry?.[0]?.resource.id).to.not.equal(first.entry?.[0]?.resource.id);
};

interface Page {
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly { readonly resource: { readonly id: string } }[];
}

const basic = (active: boolean): object => ({
  resourceType: 'Basic',
  code: { text: String(active) },
});
