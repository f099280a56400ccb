// Both engines give the same answers, result by result and in the same order: to every search vector, to what is asked of
// Synthea's patients, and to these under sorts.

import { expect } from 'chai';
import type { Resource } from '#src/fhir/resource.ts';
import { definitions, limits, registry, terminology } from '#test/search/support.ts';
import { unrestricted } from '#src/access/permit.ts';
import { search as searchInteraction } from '#src/interactions/search.ts';
import type { Context } from '#src/interactions/types.ts';
import { planSearch } from '#src/search/plan-search.ts';
import type { Change, Store } from '#src/store/port.ts';
import { search } from '#test/contract/support/build.ts';
import { mongo, sqlite, type Opened } from '#test/contract/support/engines.ts';
import { kindOfMongo } from '#test/support/mongo.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { describeShared, hasShared, readShared } from '#test/support/shared.ts';

interface Group {
  readonly id: string;
  readonly fixtures: readonly Resource[];
  readonly cases: readonly { readonly request: string; readonly expectStatus?: unknown }[];
}
interface Expected {
  readonly file: string;
  readonly bytes: number;
  readonly counts: readonly { readonly request: string }[];
  readonly sort: { readonly request: string };
  readonly include: { readonly request: string };
  readonly chained: { readonly request: string };
  readonly identifier: { readonly request: string };
}
interface Bundle {
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}

interface BundleOf {
  readonly entry?: readonly {
    readonly fullUrl: string;
    readonly search: { readonly mode: string };
  }[];
}

const base = 'http://localhost/fhir';
/** Of the smallest; on the stand-in all of them take minutes. */
const bundleCount = kindOfMongo === 'real' || process.env['LONG'] === '1' ? 100 : 5;
const bundles = hasShared
  ? (JSON.parse(readShared('synthea', 'expected.json.gz')) as Expected[])
      .toSorted((a, b) => a.bytes - b.bytes)
      .slice(0, bundleCount)
  : [];
const groups = hasShared
  ? (JSON.parse(readShared('vectors', 'search', 'cases.json')) as Group[])
  : [];

const changeOf = (resource: Resource, id: string, at: number): Change => ({
  kind: 'put',
  version: {
    ...{ type: resource.resourceType, id, version: '1', at, deleted: false, method: 'PUT' },
    text: JSON.stringify({ ...resource, id }),
  },
  entries: registry.extract({ ...resource, id }),
  expect: [],
});

/** The links of a transaction, made as the server makes them. */
const changesOf = (bundle: string): readonly Change[] => {
  const { entry } = JSON.parse(bundle) as Bundle;
  const linked = entry.reduce(
    (text, { fullUrl, resource }) =>
      text.replaceAll(`"${fullUrl}"`, `"${resource.resourceType}/${idOf(fullUrl)}"`),
    JSON.stringify(entry.map(({ resource }) => resource)),
  );
  return (JSON.parse(linked) as Resource[]).map((resource, place) =>
    changeOf(resource, idOf(entry[place]!.fullUrl), 1_700_000_000_000 + place),
  );
};
const idOf = (fullUrl: string): string => fullUrl.slice('urn:uuid:'.length);

const answer = async (store: Store, request: string): Promise<readonly string[]> => {
  const [path = '', query = ''] = request.split(/\?(.*)/s);
  const asked = await planSearch(
    {
      ...{ types: [path], query: [...new URLSearchParams(query)], base, handling: 'lenient' },
      ...{ limits, now: Date.UTC(2026, 0, 1) },
    },
    { registry, terminology, definitions },
  );
  return search(store, asked.plan, { sort: asked.sort, size: 50 });
};

/** What a search with includes answers: matches and what comes with them. */
const answerWithIncludes = async (
  context: Context,
  request: string,
): Promise<readonly string[]> => {
  const [type = '', query = ''] = request.split(/\?(.*)/s);
  const { text } = await searchInteraction(
    {
      ...{ method: 'GET', path: type, type, query: [...new URLSearchParams(query)] },
      ...{ headers: {}, base },
    },
    unrestricted,
    context,
  );
  const { entry = [] } = JSON.parse(text!) as BundleOf;
  return entry.map(({ fullUrl, search: { mode } }) => `${mode} ${fullUrl}`);
};

describeShared('store/mongo: the same answers as the embedded store', function () {
  this.timeout(600_000);
  let opened: readonly Opened[];
  let server: TestServer;
  let answers = 0;
  before(async () => {
    server = await startServer();
  });
  after(async () => {
    await server.close();
    console.log(`      ${String(answers)} answers of Synthea compared`);
  });
  beforeEach(async () => {
    opened = await Promise.all([sqlite, mongo].map((engine) => engine.open()));
  });
  afterEach(() => Promise.all(opened.map((each) => each.close())));

  const compare = async (requests: readonly string[]): Promise<number> => {
    let results = 0;
    for (const request of requests) {
      const [first, ...others] = await Promise.all(
        opened.map(({ store }) => answer(store, request)),
      );
      for (const other of others) expect(other, request).to.deep.equal(first);
      results += first!.length;
    }
    return results;
  };
  const compareIncludes = async (request: string): Promise<number> => {
    const [first, ...others] = await Promise.all(
      opened.map(({ store }) => answerWithIncludes({ ...server.context, store }, request)),
    );
    for (const other of others) expect(other, request).to.deep.equal(first);
    return first!.length;
  };
  const store = async (changes: readonly Change[]): Promise<void> => {
    for (const each of opened) await each.store.resources.commit(changes);
  };

  for (const { id, fixtures, cases } of groups)
    it(`to the vectors of ${id}`, async () => {
      const named = fixtures.map(
        (fixture) => JSON.parse(JSON.stringify(fixture).replaceAll('{{TAG}}', 'tag')) as Resource,
      );
      await store(
        named.map((fixture, place) => changeOf(fixture, `fixture-${String(place)}`, place)),
      );
      const requests = cases
        .filter(({ expectStatus }) => expectStatus === undefined)
        .map(({ request }) => request.replaceAll('{{TAG}}', 'tag'));

      const plain = await compare(requests);
      const sorted = await compare(requests.map((request) => `${request}&_sort=-_lastUpdated,_id`));

      expect(sorted).to.equal(plain);
    });

  for (const { file, counts, sort, include, chained, identifier } of bundles)
    it(`to what is asked of ${file.slice(8, 16)}`, async () => {
      const changes = changesOf(readShared('synthea', file));
      await store(changes);
      const patient = changes.find(
        (each) => each.kind === 'put' && each.version.type === 'Patient',
      );
      const id = patient?.kind === 'put' ? patient.version.id : '';
      const requests = [...counts, sort, chained, identifier].map(({ request }) =>
        request.replaceAll('{{PATIENT}}', id),
      );
      const sorts = ['date', '-date', 'code', '-_lastUpdated', '-value-quantity,code', 'status'];

      expect(await compare(requests)).to.be.greaterThan(0);
      expect(
        await compareIncludes(include.request.replaceAll('{{PATIENT}}', id)),
      ).to.be.greaterThan(0);
      answers += requests.length + 1;
      await compare(sorts.map((each) => `Observation?patient=${id}&_sort=${each}`));
      await compare(['Encounter?_has:Observation:encounter:status=final&_sort=-date']);
    });
});
