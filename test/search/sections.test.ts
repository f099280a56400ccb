// Runs the YAML files beside it: the sections of R4's search page as data, in three time zones.
// https://hl7.org/fhir/R4/search.html

import { expect } from 'chai';
import { Problem } from '#src/fhir/problem.ts';
import { sections } from './sections.ts';
import { find, store } from './support.ts';

const failureOf = async (answer: Promise<unknown>): Promise<Problem> => {
  const fault: unknown = await answer.then(
    () => new Error('it was answered'),
    (error: unknown) => error,
  );
  if (fault instanceof Problem) return fault;
  throw fault;
};

for (const zone of ['UTC', 'America/New_York', 'Europe/Paris'])
  describe(`search sections in ${zone}`, () => {
    const home = process.env['TZ'];
    before(() => {
      process.env['TZ'] = zone;
    });
    after(() => {
      if (home === undefined) delete process.env['TZ'];
      else process.env['TZ'] = home;
    });

    for (const { section, groups } of sections)
      describe(section, () => {
        for (const { about, resources, searches } of groups)
          describe(about, () => {
            for (const { search, finds, status, says, compartment, lenient } of searches)
              it(`${lenient === true ? 'lenient ' : ''}${search}`, async () => {
                const stored = Object.entries(resources).map(([id, resource]) =>
                  store(resource, id),
                );
                const answer = find(search, stored, {
                  ...(compartment ? { compartment } : {}),
                  handling: lenient === true ? 'lenient' : 'strict',
                });

                if (finds !== undefined) {
                  expect([...(await answer)]).to.have.members(finds.map(String));
                  return;
                }
                const failure = await failureOf(answer);
                expect(failure.status).to.equal(status);
                expect(failure.message).to.match(new RegExp(says ?? ''));
              });
          });
      });
  });
