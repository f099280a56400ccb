// IHE PDQm 3.2.0: Mobile Patient Demographics Query (ITI-78) and Patient Demographics Match (ITI-119), case by case.
// https://profiles.ihe.net/ITI/PDQm/ITI-78.html

import { expect } from 'chai';
import type { Bundle, Identifier, OperationOutcome, Patient } from 'fhir/r4.js';
import {
  bundleOf,
  clientOf,
  idsOf,
  outcomeOf,
  resourceOf,
  type Client,
} from '#test/support/client.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

const [red, blue] = [
  'urn:oid:1.3.6.1.4.1.21367.13.20.1000',
  'urn:oid:1.3.6.1.4.1.21367.13.20.2000',
];
const maiden = 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName';

const person = (
  id: string,
  identifier: readonly Identifier[],
  more: Partial<Patient>,
): Patient => ({
  ...{ resourceType: 'Patient', id, active: true, identifier: [...identifier] },
  ...more,
});
const asha = person(
  'asha',
  [
    { system: red, value: 'R-1' },
    { system: blue, value: 'B-1' },
  ],
  {
    name: [{ family: 'Moor', given: ['Asha'] }],
    ...{ gender: 'female', birthDate: '1958-01-30' },
    telecom: [{ system: 'phone', value: '555-0101' }],
    address: [
      { line: ['12 Lake Road'], city: 'Pune', state: 'MH', postalCode: '411001', country: 'IN' },
    ],
    extension: [{ url: maiden, valueString: 'Deshpande' }],
  },
);
const asif = person('asif', [{ system: red, value: 'R-2' }], {
  name: [{ family: 'Moore', given: ['Asif'] }],
  ...{ gender: 'male', birthDate: '1990-07-01' },
});
const gone = person('gone', [{ system: blue, value: 'B-9' }], {
  ...{ active: false, name: [{ family: 'Vale', given: ['Rita'] }], birthDate: '1930-05-05' },
});

/** ITI-78, table of search parameters and combinations: what each finds. */
const searches: readonly (readonly [query: string, found: readonly string[]])[] = [
  ['_id=asha', ['asha']],
  ['active=true', ['asha', 'asif']],
  ['active=false', ['gone']],
  ['family=moor', ['asha', 'asif']],
  ['family:exact=Moor', ['asha']],
  ['given=ash', ['asha']],
  ['given:exact=Ash', []],
  [`identifier=${red}|R-1`, ['asha']],
  ['identifier=R-1', ['asha']],
  [`identifier=${red}|R-1&identifier=${blue}|B-1`, ['asha']],
  [`identifier=${red}|R-2&identifier=${blue}|B-1`, []],
  [`identifier=${red}|R-2,${blue}|B-1`, ['asha', 'asif']],
  ['telecom=555-0101', ['asha']],
  ['birthdate=1958-01-30', ['asha']],
  ['birthdate=ge1980&birthdate=lt2000', ['asif']],
  ['address=lake', []],
  ['address=12 lake', ['asha']],
  ['address-city=pune', ['asha']],
  ['address-city:exact=pune', []],
  ['address-country=IN', ['asha']],
  ['address-postalcode=411001', ['asha']],
  ['address-state=MH', ['asha']],
  ['gender=female', ['asha']],
  ['mothersMaidenName=desh', ['asha']],
  ['mothersMaidenName:exact=Deshpande', ['asha']],
  ['mothersMaidenName:exact=Desh', []],
  ['family=moor&gender=male', ['asif']],
  ['birthdate=1958-01-30&family=moor', ['asha']],
];

const phone = (value: string) => ({ telecom: [{ system: 'phone' as const, value }] });
const known: readonly Patient[] = [
  asha,
  asif,
  gone,
  ...['Kavya', 'Divya'].map((given, at) =>
    person(given.toLowerCase(), [{ system: red, value: `T-${String(at)}` }], {
      ...{ name: [{ family: 'Iyer', given: [given] }], gender: 'female', birthDate: '2001-02-03' },
      ...phone('555-0202'),
    }),
  ),
  ...['one', 'two'].map((id) =>
    person(id, [{ system: red, value: `D-${id}` }], {
      ...{ name: [{ family: 'Das', given: ['Mira'] }], gender: 'female', birthDate: '1971-08-09' },
      ...phone('555-0303'),
    }),
  ),
];

const described = ({ name, gender, birthDate, telecom }: Patient): Patient => ({
  resourceType: 'Patient',
  ...{ name: name!, birthDate: birthDate! },
  ...(gender ? { gender } : {}),
  ...(telecom ? { telecom } : {}),
});
const byId = (id: string): Patient => known.find((each) => each.id === id)!;
const onlyCertain = { name: 'onlyCertainMatches', valueBoolean: true };

describe('IHE PDQm', function () {
  this.timeout(60_000);
  let server: TestServer;
  let client: Client;
  before(async () => {
    server = await startServer();
    client = clientOf(server.base);
    for (const each of known)
      expect((await client.put(`Patient/${each.id!}`, each)).status).to.equal(201);
  });
  after(async () => {
    client.close();
    await server.close();
  });

  const encoded = (query: string): string => query.replaceAll('|', '%7C').replaceAll(' ', '%20');
  const among = ['asha', 'asif', 'gone'];
  const foundBy = (bundle: Bundle) => idsOf(bundle).filter((id) => among.includes(id));

  describe('ITI-78, the query', () => {
    for (const [query, found] of searches)
      it(`finds ${found.join(' and ') || 'nobody'} by ${query}, by GET and by POST`, async () => {
        const asked = bundleOf(await client.get(`Patient?${encoded(query)}`));
        const posted = bundleOf(
          await client.ask('POST', 'Patient/_search', {
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: encoded(query),
          }),
        );

        expect(foundBy(asked)).to.have.members([...found]);
        expect(foundBy(posted)).to.deep.equal(foundBy(asked));
      });

    it('case 1: gives a searchset with its total, one entry each, with a full url', async () => {
      const bundle = bundleOf(await client.get('Patient?family=moor'));

      expect(bundle).to.deep.include({ type: 'searchset', total: 2 });
      expect(bundle.entry!.map(({ fullUrl }) => fullUrl)).to.have.members([
        ...[`${server.base}/Patient/asha`, `${server.base}/Patient/asif`],
      ]);
    });

    it('case 1: gives the total of many pages when it is asked for', async () => {
      const bundle = bundleOf(await client.get('Patient?active=true&_count=1&_total=accurate'));

      expect(bundle.total).to.equal(known.length - 1);
    });

    it('case 2: finds by domain, and gives each Patient whole: not as PDQm wants', async () => {
      const query = encoded(`family=moor&identifier=${blue}|`);

      const bundle = bundleOf(await client.get(`Patient?${query}`));

      expect(idsOf(bundle)).to.deep.equal(['asha']);
      expect((bundle.entry![0]!.resource as Patient).identifier).to.have.length(2);
    });

    it('case 3: gives an empty searchset with total 0', async () => {
      const bundle = bundleOf(await client.get('Patient?family=nobody'));

      expect(bundle.total).to.equal(0);
      expect(bundle.entry).to.equal(undefined);
    });

    it('case 4: finds nobody in a domain it does not know', async () => {
      const bundle = bundleOf(await client.get(encoded('Patient?identifier=urn:oid:1.2.3.4|')));

      expect(bundle.total).to.equal(0);
    });

    it('case 5: answers 406 to a format it does not speak, which XML is: not as PDQm wants', async () => {
      const answers = [
        await client.get('Patient?_format=xml'),
        await client.get('Patient', { accept: 'application/fhir+xml' }),
      ];

      for (const answer of answers) {
        expect(answer.status).to.equal(406);
        expect(outcomeOf(answer).issue[0]).to.include({ severity: 'error', code: 'not-supported' });
      }
    });

    it('case 6: gives a deprecated Patient with active false', async () => {
      const bundle = bundleOf(await client.get('Patient?family=vale'));

      expect((bundle.entry![0]!.resource as Patient).active).to.equal(false);
    });
  });

  describe('ITI-78, the retrieval', () => {
    it('case 1: gives the Patient', async () => {
      const { id } = resourceOf(await client.get('Patient/asha')) as Patient;

      expect(id).to.equal('asha');
    });

    it('case 2: answers 404 for who is not known', async () => {
      const answer = await client.get('Patient/nobody');

      expect(answer.status).to.equal(404);
      expect(outcomeOf(answer).issue[0]).to.include({ severity: 'error', code: 'not-found' });
    });

    it('case 3: gives a deprecated Patient with active false', async () => {
      const { active } = resourceOf(await client.get('Patient/gone')) as Patient;

      expect(active).to.equal(false);
    });
  });

  describe('ITI-119', () => {
    const match = async (resource: Patient, ...more: readonly object[]) => {
      const body = {
        resourceType: 'Parameters',
        parameter: [{ name: 'resource', resource }, ...more],
      };
      return bundleOf(await client.post('Patient/$match', body));
    };
    /** Also that each has a score between 0 and 1, and that they fall. */
    const gradesOf = ({ entry = [] }: Bundle) => {
      const patients = entry.filter(({ resource }) => resource!.resourceType === 'Patient');
      const scores = patients.map(({ search }) => search!.score!);
      expect(scores.every((score) => score > 0 && score <= 1)).to.equal(true);
      expect(scores).to.deep.equal(scores.toSorted((one, other) => other - one));
      return patients.map(({ resource, search }) => [
        ...[resource!.id, search!.extension![0]!.valueCode],
      ]);
    };

    it('case 1: gives the one Patient found, also to a Patient without Parameters', async () => {
      const asked = await match(described(asha));
      const posted = bundleOf(await client.post('Patient/$match', described(asha)));

      expect(gradesOf(asked)).to.deep.equal([['asha', 'certain']]);
      expect(gradesOf(posted)).to.deep.equal(gradesOf(asked));
    });

    it('case 2: gives several, the most likely first', async () => {
      expect(gradesOf(await match(described(byId('kavya'))))).to.deep.equal([
        ['kavya', 'certain'],
        ['divya', 'possible'],
      ]);
    });

    it('case 3: gives one that is certain when only such are wanted', async () => {
      expect(gradesOf(await match(described(asha), onlyCertain))).to.deep.equal([
        ['asha', 'certain'],
      ]);
    });

    it('case 4: gives none that is not certain when only such are wanted', async () => {
      const moved = { ...described(asha), ...phone('555-9999') };

      expect(gradesOf(await match(moved))).to.deep.equal([['asha', 'probable']]);
      expect(gradesOf(await match(moved, onlyCertain))).to.deep.equal([]);
    });

    it('case 5: gives none of several that are certain, since they may be several people', async () => {
      const mira = described(byId('one'));

      expect(gradesOf(await match(mira)).map(([, grade]) => grade)).to.deep.equal([
        ...['certain', 'certain'],
      ]);
      expect(gradesOf(await match(mira, onlyCertain))).to.deep.equal([]);
    });

    it('case 6: gives no more than count', async () => {
      const count = { name: 'count', valueInteger: 1 };

      expect(gradesOf(await match(described(byId('kavya')), count))).to.deep.equal([
        ['kavya', 'certain'],
      ]);
    });

    it('case 7: gives an empty searchset for a stranger', async () => {
      const stranger: Patient = {
        ...{ resourceType: 'Patient', name: [{ family: 'Zhou', given: ['Wei'] }] },
        birthDate: '1999-12-31',
      };

      const bundle = await match(stranger);

      expect(bundle).to.deep.include({ type: 'searchset', total: 0 });
      expect(bundle.entry).to.equal(undefined);
    });

    it('case 8: gives a deprecated Patient with active false', async () => {
      const { entry = [] } = await match(described(gone));

      expect(entry).to.have.length(1);
      expect((entry[0]!.resource as Patient).active).to.equal(false);
    });

    it('case 9: answers 400 to modifiers it does not know, and shows nobody', async () => {
      const modifiers: readonly Partial<Patient>[] = [
        { modifierExtension: [{ url: 'https://other.example/not', valueBoolean: true }] },
        { implicitRules: 'https://other.example/rules' },
      ];
      for (const each of modifiers) {
        const answer = await client.post('Patient/$match', { ...described(asha), ...each });

        expect(answer.status).to.equal(400);
        expect(outcomeOf(answer).issue[0]!.severity).to.equal('error');
      }
    });

    it('case 10: gives what it finds with the warnings', async () => {
      const identifier = [{ system: 'https://meridian.example/uhid', value: '12345678901234' }];

      const bundle = await match({ ...described(asha), identifier });

      const warnings = bundle.entry!.filter(({ search }) => search?.mode === 'outcome');
      const { issue } = warnings[0]!.resource as OperationOutcome;
      expect(gradesOf(bundle).length).to.equal(1);
      expect(issue[0]!.severity).to.equal('warning');
    });

    it('takes extensions it does not know', async () => {
      const extension = [{ url: 'https://other.example/tribe', valueString: 'x' }];

      expect(gradesOf(await match({ ...described(asha), extension }))).to.have.length(1);
    });
  });
});
