// The search vectors of Microsoft's FHIR server, over resources in memory: parameters, extraction and match together.

import { expect } from 'chai';
import { Problem } from '#src/fhir/problem.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { describeShared, readShared } from '#test/support/shared.ts';
import { find, store } from './support.ts';

interface Group {
  readonly id: string;
  readonly fixtures: readonly Resource[];
  readonly cases: readonly Case[];
}
interface Case {
  readonly request: string;
  readonly expect?: readonly number[];
  readonly expectStatus?: readonly number[];
}

/** What we answer differently, and the sentence of R4 that decides. */
const exceptions = new Map([
  [
    'Patient?organization=Organization/ijk&_tag={{TAG}}',
    // "If the reference value is a relative reference, [...] it is [type]/[id]": `ijk` alone names no Organization.
    [],
  ],
]);

describeShared('search vectors', () => {
  const groups = JSON.parse(readShared('vectors/search/cases.json')) as readonly Group[];
  for (const group of groups)
    describe(group.id, () => {
      const stored = group.fixtures.map((fixture, place) => store(fixture, String(place)));
      for (const { request, expect: expected, expectStatus } of group.cases)
        it(`answers ${request.slice(0, 120)}`, async () => {
          if (expectStatus !== undefined) {
            const status = await find(request, stored).catch((fault: unknown) =>
              fault instanceof Problem ? fault.status : 500,
            );
            expect(expectStatus).to.include(status);
            return;
          }

          const found = await find(request, stored);

          const answer = exceptions.get(request) ?? expected?.map(String);
          expect([...found]).to.have.members([...(answer ?? [])]);
        });
    });
});
