import { expect } from 'chai';
import { Problem } from '#src/fhir/problem.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { followIncludes } from '#src/search/include.ts';
import { matches } from '#src/search/match.ts';
import { limits, plan, store, worldOf } from './support.ts';

const resources: Readonly<Record<string, Resource>> = {
  o1: {
    resourceType: 'Observation',
    subject: { reference: 'Patient/p1' },
    hasMember: [{ reference: 'Observation/o2' }],
  },
  o2: {
    resourceType: 'Observation',
    subject: { reference: 'Patient/p2' },
    hasMember: [{ reference: 'Observation/o3' }],
  },
  o3: { resourceType: 'Observation', subject: { reference: 'Patient/gone' } },
  p1: { resourceType: 'Patient', managingOrganization: { reference: 'Organization/org' } },
  p2: { resourceType: 'Patient' },
  org: { resourceType: 'Organization', partOf: { reference: 'Organization/top' } },
  top: { resourceType: 'Organization' },
  prov: {
    resourceType: 'Provenance',
    target: [{ reference: 'Observation/o1' }, { reference: 'Patient/p1' }],
  },
};
const stored = Object.entries(resources).map(([id, resource]) => store(resource, id));
const world = worldOf(stored);

const included = async (
  request: string,
  ids: readonly string[],
  most = 1000,
): Promise<readonly string[]> => {
  const { includes } = await plan(request);
  const page = stored.filter(({ id }) => ids.includes(id));
  const reach = (types: readonly string[], asked: Parameters<typeof matches>[0], size: number) =>
    Promise.resolve(
      stored
        .filter((each) => types.includes(each.type) && matches(asked, each, world))
        .slice(0, size),
    );
  const found = await followIncludes(page, includes, reach, { ...limits, includes: most });
  return found.map(({ id }) => id);
};

describe('followIncludes', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['Observation?_include=Observation:subject', ['o1', 'o2', 'o3'], ['p1', 'p2']],
    ['Observation?_include=Observation:subject', ['o1'], ['p1']],
    ['Observation?_include=Observation:subject:Group', ['o1'], []],
    ['Observation?_include=Observation:has-member', ['o1'], ['o2']],
    ['Observation?_include:iterate=Observation:has-member', ['o1'], ['o2', 'o3']],
    ['Observation?_include=Observation:has-member', ['o1', 'o2'], ['o3']],
    [
      'Observation?_include=Observation:subject&_include:iterate=Patient:organization',
      ['o1'],
      ['p1', 'org'],
    ],
    ['Observation?_include=Observation:subject&_include=Patient:organization', ['o1'], ['p1']],
    [
      'Observation?_include=Observation:subject&_include:iterate=Patient:organization&_include:iterate=Organization:partof',
      ['o1'],
      ['p1', 'org', 'top'],
    ],
    ['Observation?_include=*', ['o1'], ['p1', 'o2']],
    ['Observation?_include:iterate=*', ['o1'], ['p1', 'o2', 'p2', 'org', 'o3', 'top']],
    ['Observation?_revinclude=Provenance:target', ['o1', 'o2'], ['prov']],
    ['Patient?_revinclude=Observation:subject', ['p1', 'p2'], ['o1', 'o2']],
    [
      'Patient?_revinclude=Observation:subject&_revinclude:iterate=Observation:has-member',
      ['p2'],
      ['o2', 'o1'],
    ],
    ['Organization?_revinclude=*', ['org'], ['p1']],
  ];
  for (const [request, page, expected] of cases)
    it(`adds ${expected.join(', ') || 'nothing'} to ${page.join(', ')} for ${request}`, async () => {
      expect([...(await included(request, page))]).to.have.members([...expected]);
    });

  it('refuses to add more than the limit', async () => {
    const failure: unknown = await included('Observation?_include:iterate=*', ['o1'], 3).catch(
      (fault: unknown) => fault,
    );

    expect(failure).to.be.instanceOf(Problem);
    expect((failure as Problem).message).to.match(/LIMIT_INCLUDES/);
  });
});
