// Runs the YAML files beside it: the sections of R4's search page as data, in three time zones.
// https://hl7.org/fhir/R4/search.html

import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Problem } from '#src/fhir/problem.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { find, store } from './support.ts';

interface Section {
  readonly section: string;
  readonly groups: readonly Group[];
}
interface Group {
  readonly about: string;
  /** By id. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly searches: readonly Search[];
}
interface Search {
  readonly search: string;
  readonly finds?: readonly string[];
  readonly status?: number;
  readonly says?: string;
  readonly compartment?: { readonly type: string; readonly id: string };
  readonly lenient?: boolean;
}

const sections = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Section);

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
