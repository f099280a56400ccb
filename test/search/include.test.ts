import { expect } from 'chai';
import { Problem } from '#src/fhir/problem.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { followIncludes, type Reach } from '#src/search/include.ts';
import { matches, type Stored } from '#src/search/match.ts';
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
  v1: { resourceType: 'Observation', subject: { reference: 'Patient/pv/_history/1' } },
  v2: {
    resourceType: 'Observation',
    subject: { reference: 'Patient/pv/_history/7' },
    hasMember: [{ reference: 'Observation/o4' }, { reference: 'Observation/v1/_history/1' }],
  },
  v3: { resourceType: 'Observation', subject: { reference: 'Patient/pv' } },
  o4: { resourceType: 'Observation' },
  pv: { resourceType: 'Patient' },
  org: { resourceType: 'Organization', partOf: { reference: 'Organization/top' } },
  top: { resourceType: 'Organization' },
  prov: {
    resourceType: 'Provenance',
    target: [{ reference: 'Observation/o1' }, { reference: 'Patient/p1' }],
  },
};
const stored = Object.entries(resources).map(([id, resource]) => store(resource, id));
const world = worldOf(stored);
/** Versions that were, by id and version. */
const older = [
  store(
    { resourceType: 'Patient', managingOrganization: { reference: 'Organization/top' } },
    'pv-1',
  ),
];

const included = async (
  request: string,
  ids: readonly string[],
  most = 1000,
): Promise<readonly string[]> => {
  const { includes } = await plan(request);
  const page = stored.filter(({ id }) => ids.includes(id));
  const reach: Reach<Stored> = {
    search: (types, asked, size) =>
      Promise.resolve(
        stored
          .filter((each) => types.includes(each.type) && matches(asked, each, world))
          .slice(0, size),
      ),
    read: (versions) =>
      Promise.resolve(
        older.filter((each) => versions.some(({ id, version }) => each.id === `${id}-${version}`)),
      ),
    namesVersions: ({ entries }) =>
      entries.some((entry) => entry.kind === 'reference' && entry.target.includes('/_history/')),
    entriesOf: ({ entries }) => entries,
  };
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
    ['Observation?_include=Observation:subject', ['v1'], ['pv-1']],
    ['Observation?_include=Observation:subject', ['v1', 'o1', 'v3'], ['pv-1', 'p1', 'pv']],
    ['Observation?_include=Observation:subject:Group', ['v1'], []],
    ['Observation?_include=Observation:subject', ['v2'], []],
    ['Observation?_include=*', ['v2'], ['o4']],
    [
      'Observation?_include=Observation:subject&_include:iterate=Patient:organization',
      ['v1'],
      ['pv-1', 'top'],
    ],
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
