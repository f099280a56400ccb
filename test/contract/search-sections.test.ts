// Every engine answers the sections of the search page as the definition of the plan language does.
// https://hl7.org/fhir/R4/search.html

import { expect } from 'chai';
import { sections } from '#test/search/sections.ts';
import { plan, store } from '#test/search/support.ts';
import type { Change } from '#src/store/port.ts';
import type { Stored } from '#src/search/match.ts';
import { engines, type Opened } from './support/engines.ts';

const put = ({ type, id, at, entries }: Stored): Change => ({
  kind: 'put',
  version: { type, id, version: '1', at, deleted: false, method: 'PUT', text: '{}' },
  entries,
  expect: [],
});

for (const engine of engines)
  describe(`search sections on ${engine.name}`, () => {
    for (const { section, groups } of sections)
      for (const { about, resources, searches } of groups)
        describe(`${section}: ${about}`, () => {
          let opened: Opened;
          before(async () => {
            opened = await engine.open();
            const stored = Object.entries(resources).map(([id, resource]) => store(resource, id));
            await opened.store.resources.commit(stored.map(put));
          });
          after(() => opened.close());

          for (const { search, finds, compartment, lenient } of searches)
            if (finds !== undefined)
              it(search, async () => {
                const asked = await plan(search, {
                  ...(compartment ? { compartment } : {}),
                  handling: lenient === true ? 'lenient' : 'strict',
                });

                const page = await opened.store.resources.search(asked.plan, {
                  sort: [],
                  size: 100,
                });

                expect(page.items.map(({ id }) => id)).to.have.members(finds.map(String));
              });
        });
  });
