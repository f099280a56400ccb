// While others write, every resource that was not changed meanwhile appears exactly once under any sort, and in the
// default order changed ones too.
// https://hl7.org/fhir/R4/http.html#paging

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { bundleOf, idsOf, linkOf, outcomeOf, pagesOf, resourceOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';

const size = 120;

describe('paging', function () {
  this.timeout(60_000);
  const server = liveServer();
  let tag: string;
  let ids: readonly string[];

  const observation = (place: number, word: string): object => ({
    resourceType: 'Observation',
    meta: { tag: [{ system: 'http://paging.example', code: word }] },
    status: 'final',
    code: { text: `c${String(place % 7)}` },
    effectiveDateTime: `2020-01-${String(1 + (place % 28)).padStart(2, '0')}`,
    valueQuantity: { value: place % 11, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' },
  });
  const write = async (place: number): Promise<string> =>
    resourceOf(await server.post('Observation', observation(place, tag)), 201).id!;

  beforeEach(async () => {
    tag = randomUUID();
    ids = await Promise.all(Array.from({ length: size }, (_, place) => write(place)));
  });

  for (const sort of [
    '',
    '&_sort=date',
    '&_sort=-date',
    '&_sort=code,-date',
    '&_sort=-value-quantity,_id',
    '&_sort=_lastUpdated',
    '&_sort=-_lastUpdated',
  ])
    it(`shows every unchanged resource once while a writer goes on${sort && `, ${sort.slice(1)}`}`, async () => {
      const changed = new Set(ids.filter((_, place) => place % 5 === 0));
      const queue = [...changed];
      const seen: string[] = [];

      let next: string | undefined = `Observation?_tag=${tag}&_count=10${sort}`;
      while (next !== undefined) {
        const page = bundleOf(await server.get(next));
        seen.push(...idsOf(page));
        next = linkOf(page, 'next');
        await Promise.all([
          write(1000),
          ...queue.splice(0, 2).map((id) =>
            server.put(`Observation/${id}`, {
              ...observation(3, tag),
              id,
              effectiveDateTime: '2020-01-15',
            }),
          ),
        ]);
        if (seen.length > 4 * size) break;
      }

      const once = sort === '' ? ids : ids.filter((id) => !changed.has(id));
      const times = new Map<string, number>();
      for (const id of seen) times.set(id, (times.get(id) ?? 0) + 1);
      expect(once.filter((id) => times.get(id) !== 1)).to.deep.equal([]);
    });

  it('goes back the way it came', async () => {
    const forth = await pagesOf(server, `Observation?_tag=${tag}&_count=25&_sort=-date`);
    const back: (readonly string[])[] = [];
    for (let link = linkOf(forth.at(-1)!, 'previous'); link !== undefined;) {
      const page = bundleOf(await server.get(link));
      back.unshift(idsOf(page));
      link = linkOf(page, 'previous');
    }

    expect(back).to.deep.equal(forth.slice(0, -1).map(idsOf));
  });

  it('has self, first and next on the first page, and no next on the last', async () => {
    const pages = await pagesOf(server, `Observation?_tag=${tag}&_count=50`);

    expect(pages).to.have.length(3);
    expect(linkOf(pages[0]!, 'self')).to.contain(`_tag=${tag}`);
    expect(linkOf(pages[0]!, 'previous')).to.equal(undefined);
    expect(linkOf(pages[2]!, 'next')).to.equal(undefined);
    expect(idsOf(bundleOf(await server.get(linkOf(pages[2]!, 'first')!)))).to.deep.equal(
      idsOf(pages[0]!),
    );
  });

  it('counts only when asked, and _count=0 is a count', async () => {
    const plain = bundleOf(await server.get(`Observation?_tag=${tag}&_total=none`));
    const accurate = bundleOf(await server.get(`Observation?_tag=${tag}&_total=accurate&_count=1`));
    const zero = bundleOf(await server.get(`Observation?_tag=${tag}&_count=0`));

    expect(plain.total).to.equal(undefined);
    expect(accurate.total).to.equal(size);
    expect([zero.total, zero.entry]).to.deep.equal([size, undefined]);
  });

  it('refuses a cursor it did not make', async () => {
    const page = bundleOf(await server.get(`Observation?_tag=${tag}&_count=1`));
    const next = new URL(linkOf(page, 'next')!);
    const name = [...next.searchParams.keys()].find((key) => key.includes('cursor'))!;
    const cursor = next.searchParams.get(name)!;
    for (const forged of ['x', `${cursor}x`, cursor.slice(0, -2), 'eyJhIjoxfQ.AAAA']) {
      next.searchParams.set(name, forged);
      const answer = await server.get(next.href);
      expect(answer.status, forged).to.equal(400);
      outcomeOf(answer);
    }
  });
});
