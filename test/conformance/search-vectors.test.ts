// 134 searches over small sets of resources, transcribed from Microsoft's end-to-end tests; where theirs and R4's text
// differ, R4's text is expected.
// https://hl7.org/fhir/R4/search.html

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { idsOf, pagesOf, resourceOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';
import { describeShared, hasShared, readShared } from '../support/shared.ts';
import { exceptions } from './exceptions.ts';

interface Group {
  readonly id: string;
  readonly fixtures: readonly { readonly resourceType: string }[];
  readonly cases: readonly {
    readonly request: string;
    readonly expect?: readonly number[];
    readonly expectStatus?: readonly number[];
  }[];
}

const groups = hasShared
  ? (JSON.parse(readShared('vectors', 'search', 'cases.json')) as Group[])
  : [];

describeShared('search vectors', () => {
  const server = liveServer();

  for (const group of groups)
    describe(group.id, () => {
      const tag = randomUUID();
      const places = new Map<string, number>();
      before(async () => {
        for (const [place, fixture] of group.fixtures.entries()) {
          const text = JSON.stringify(fixture).replaceAll('{{TAG}}', tag);
          const made = resourceOf(await server.post(fixture.resourceType, text), 201);
          places.set(made.id!, place);
        }
      });

      for (const { request, expect: expected, expectStatus } of group.cases)
        it(request, async () => {
          const path = encode(request.replaceAll('{{TAG}}', tag));
          if (expectStatus !== undefined) {
            expect((await server.get(path)).status).to.be.oneOf([...expectStatus]);
            return;
          }
          const pages = await pagesOf(server, path);
          const found = pages.flatMap(idsOf).map((id) => places.get(id));
          const exception = exceptions.get(`search/${request}`);
          if (exception === undefined)
            expect(found.sort()).to.deep.equal([...(expected ?? [])].sort());
          else expect(found, exception.because).to.not.deep.equal(expected);
        });

      it(`answers the same by POST _search`, async () => {
        const { request, expect: expected } = group.cases.find((one) => one.expect !== undefined)!;
        const [type, query] = request.replaceAll('{{TAG}}', tag).split('?') as [string, string];
        const answer = await server.post(`${type}/_search`, encode(query), {
          'content-type': 'application/x-www-form-urlencoded',
        });
        const found = idsOf(resourceOf(answer) as never).map((id) => places.get(id));
        expect(found.sort()).to.deep.equal([...expected!].sort());
      });
    });
});

/** The vectors are written as people read them. */
const encode = (query: string): string => query.replaceAll(/[ |{}]/g, encodeURIComponent);
