// Permits: what each role sees and writes, through everything a request can do.

import { expect } from 'chai';
import { createAuthorize } from '#src/access/authorize.ts';
import type { Caller } from '#src/access/caller.ts';
import type { Sharing } from '#src/access/reach.ts';
import { everything, nothing } from '#src/search/plan.ts';
import { describeOnEngines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Inside } from '#test/support/rights.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

const ours = 'Organization/ours';
const theirs = 'Organization/theirs';

const caller = (more: Partial<Caller> & Pick<Caller, 'role'>): Caller => ({
  ...{ client: 'app', token: 'token', scopes: ['patient/*.cruds', 'user/*.cruds'] },
  ...more,
});
const patient = caller({ role: 'patient', fhirUser: 'Patient/mine', patient: 'mine' });
const clinician = caller({
  ...{ role: 'clinician', fhirUser: 'Practitioner/d', organization: ours },
});
const desk = caller({ role: 'desk', organization: ours });
const pharmacist = caller({ role: 'pharmacist', organization: ours });
const biller = caller({ role: 'biller', organization: ours });
const system = caller({ role: 'system', organization: ours, scopes: ['system/*.cruds'] });
const network = caller({ role: 'network', scopes: ['system/*.cruds'] });
const administrator = caller({ role: 'administrator' });
const proxy = caller({ role: 'proxy', fhirUser: 'RelatedPerson/child', patient: 'mine' });

const to = (reference: string) => ({ reference });
const text = { text: 'x' };
const observation = (id: string, subject: string, more: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: text, subject: to(subject) },
  ...more,
});
const encounter = (id: string, subject: string) => ({
  ...{ resourceType: 'Encounter', id, status: 'finished', subject: to(subject) },
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
});
const appointment = (id: string | undefined, ...actors: readonly string[]) => ({
  ...{ resourceType: 'Appointment', ...(id === undefined ? {} : { id }), status: 'proposed' },
  participant: actors.map((actor) => ({ actor: to(actor), status: 'needs-action' })),
});
const document = (id: string, subject: string, file: string, more: object = {}) => ({
  ...{ resourceType: 'DocumentReference', id, status: 'current', subject: to(subject) },
  content: [{ attachment: { url: file } }],
  ...more,
});
const consent = (status: string, end?: string, more: object = {}) => ({
  ...{ resourceType: 'Consent', id: 'care', status, scope: text, category: [text] },
  ...{ policyRule: text, patient: to('Patient/mine') },
  provision: {
    actor: [{ role: text, reference: to('RelatedPerson/child') }],
    ...(end === undefined ? {} : { period: { end } }),
    ...more,
  },
});
const bundle = (type: string, ...entry: readonly object[]) => ({
  ...{ resourceType: 'Bundle', type, entry },
});
const entry = (method: string, url: string, resource?: object, more: object = {}) => ({
  ...(resource ? { resource } : {}),
  request: { method, url, ...more },
});

describeOnEngines('access/authorize', (engine) => {
  let opened: Opened;
  let inside: Inside;
  const put = async (body: { resourceType: string; id: string }, custodian?: string) => {
    const name = `${body.resourceType}/${body.id}`;
    const { status, text: said } = await inside.by(custodian)('PUT', name, { body });
    expect(status, said).to.be.oneOf([200, 201]);
  };
  const custodianOf = async (name: string) => {
    const [type = '', id = ''] = name.split('/');
    return (await inside.context.store.resources.read([{ type, id }]))[0]?.custodian;
  };
  const status = async (
    who: Caller,
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    address: string,
    body?: object,
  ): Promise<number> => (await inside.as(who)(method, address, body ? { body } : {})).status;
  /** A conditional create. */
  const createIfNone = async (who: Caller, body: object, criteria: string): Promise<number> =>
    (
      await inside.as(who)('POST', 'Observation', {
        ...{ body, headers: { 'if-none-exist': criteria } },
      })
    ).status;
  const found = async (who: Caller, address: string) =>
    [...(await inside.as(who)('GET', address)).keys].sort();

  beforeEach(async () => {
    opened = await engine.open();
    inside = openInside(opened.store);
    for (const id of ['mine', 'other', 'unseen'])
      await put({ resourceType: 'Patient', id, name: [{ family: 'Doe' }] } as never, theirs);
    await put({ resourceType: 'Practitioner', id: 'd' });
    await put(
      {
        resourceType: 'RelatedPerson',
        id: 'child',
        active: true,
        patient: to('Patient/mine'),
      } as never,
      ours,
    );
    await put(encounter('e', 'Patient/mine'), ours);
    await put(observation('ours', 'Patient/mine'), ours);
    await put(observation('theirs', 'Patient/mine'), theirs);
    await put(observation('other', 'Patient/other'), theirs);
  });
  afterEach(() => opened.close());

  describe('a patient', () => {
    it('sees the own record whoever keeps it, and no other patient', async () => {
      expect(await found(patient, 'Observation')).to.deep.equal([
        'Observation/ours',
        'Observation/theirs',
      ]);
      expect(await found(patient, 'Patient')).to.deep.equal(['Patient/mine']);
      expect(await status(patient, 'GET', 'Patient/other')).to.equal(404);
    });

    it('does not see a Patient because it is linked', async () => {
      const link = [{ other: to('Patient/mine'), type: 'seealso' }];
      await put({ resourceType: 'Patient', id: 'linked', link } as never, theirs);

      expect(await found(patient, 'Patient')).to.deep.equal(['Patient/mine']);
      expect(await status(patient, 'GET', 'Patient/linked')).to.equal(404);
    });

    it('changes what a patient knows best of the own profile, and nothing else', async () => {
      const send = (more: object) =>
        status(patient, 'PUT', 'Patient/mine', {
          ...{ resourceType: 'Patient', id: 'mine', name: [{ family: 'Doe' }] },
          ...more,
        });

      expect(await send({ telecom: [{ system: 'phone', value: '1' }] })).to.equal(200);
      expect(await send({ name: [{ family: 'Roe' }] })).to.equal(403);
      expect(await send({ active: true })).to.equal(403);
      expect(await send({ meta: { security: [{ code: 'R' }] } })).to.equal(403);
      expect(await send({ identifier: [{ value: '1' }] })).to.equal(403);
    });

    it('adds own observations, changes those, and none of a hospital', async () => {
      const own = observation('own', 'Patient/mine');

      expect(await status(patient, 'PUT', 'Observation/own', own)).to.equal(201);
      expect(await custodianOf('Observation/own')).to.equal('Patient/mine');
      expect(await status(patient, 'PUT', 'Observation/own', own)).to.equal(200);
      expect(
        await status(patient, 'PUT', 'Observation/ours', observation('ours', 'Patient/mine')),
      ).to.equal(403);
      expect(await status(patient, 'DELETE', 'Observation/ours')).to.equal(403);
      expect(await status(patient, 'DELETE', 'Observation/own')).to.equal(204);
    });

    it('writes into no other record, and in nobody else’s name', async () => {
      const about = (subject: string, more: object = {}) =>
        status(patient, 'POST', 'Observation', {
          ...observation('x', subject, more),
          id: undefined,
        });

      expect(await about('Patient/other')).to.equal(403);
      expect(await about('Patient/never')).to.equal(403);
      expect(await about('Patient/mine', { focus: [to('Patient/other')] })).to.equal(403);
      expect(await about('Patient/mine', { performer: [to('Practitioner/d')] })).to.equal(403);
      expect(await about('Patient/mine', { performer: [to('Patient/mine')] })).to.equal(201);
    });

    it('writes no clinical resources of other kinds', async () => {
      expect(await status(patient, 'PUT', 'Encounter/n', encounter('n', 'Patient/mine'))).to.equal(
        403,
      );
      expect(
        await status(patient, 'PUT', 'Patient/new', { resourceType: 'Patient', id: 'new' }),
      ).to.equal(403);
    });

    it('books an appointment that the practice then sees and changes, and stays its custodian', async () => {
      await put({ resourceType: 'HealthcareService', id: 's', providedBy: to(ours) } as never);
      const asked = appointment('a', 'Patient/mine', 'HealthcareService/s');
      expect(await status(patient, 'PUT', 'Appointment/a', asked)).to.equal(201);

      expect(await found(desk, 'Appointment')).to.deep.equal(['Appointment/a']);
      expect(
        await status(desk, 'PUT', 'Appointment/a', { ...asked, status: 'cancelled' }),
      ).to.equal(200);
      expect(await custodianOf('Appointment/a')).to.equal('Patient/mine');
      expect(await found({ ...desk, organization: theirs }, 'Appointment')).to.deep.equal([]);
    });

    it('hides nothing of others by a Consent that first named it as its source', async () => {
      await put(document('sealed', 'Patient/other', 'https://elsewhere.example/file'), theirs);
      const given = {
        ...{ resourceType: 'Consent', id: 'given', status: 'active', scope: text },
        ...{ category: [text], policyRule: text, patient: to('Patient/mine') },
        sourceReference: to('DocumentReference/sealed'),
      };
      await put(given, 'Patient/mine');
      const data = [{ meaning: 'instance', reference: to('DocumentReference/sealed') }];
      const hiding = { ...given, provision: { type: 'deny', data } };

      expect(await status(patient, 'PUT', 'Consent/given', given)).to.equal(200);
      expect(await status(patient, 'PUT', 'Consent/given', hiding)).to.equal(403);
    });

    it('gets no file by referring to it', async () => {
      await put(
        { resourceType: 'Binary', id: 'secret', contentType: 'text/plain', data: 'YQ==' } as never,
        theirs,
      );
      await put(document('other', 'Patient/other', 'Binary/secret'), theirs);

      expect(await status(patient, 'GET', 'Binary/secret')).to.equal(404);
      expect(
        await status(
          patient,
          'PUT',
          'DocumentReference/w',
          document('w', 'Patient/mine', 'Binary/secret'),
        ),
      ).to.equal(403);
      expect(
        await status(
          patient,
          'PUT',
          'DocumentReference/w',
          document('w', 'Patient/mine', 'Binary/never'),
        ),
      ).to.equal(403);
      expect(await status(patient, 'GET', 'Binary/secret')).to.equal(404);
    });

    it('uploads a file and a document about it, and reads it back by that', async () => {
      const file = { resourceType: 'Binary', contentType: 'text/plain', data: 'YQ==' };
      const made = await inside.as(patient)('POST', 'Binary', { body: file });
      const name = `Binary/${made.json.id as string}`;

      expect(await status(patient, 'GET', name)).to.equal(404);
      expect(
        await status(patient, 'PUT', 'DocumentReference/w', document('w', 'Patient/mine', name)),
      ).to.equal(201);
      expect(
        (await inside.as(patient)('GET', name, { headers: { accept: 'application/fhir+json' } }))
          .status,
      ).to.equal(200);
    });
  });

  it('shows in the history of a record that was put right nothing of whom it was about', async () => {
    await put(observation('moved', 'Patient/other'), ours);
    await put(observation('moved', 'Patient/mine'), ours);
    const subjects = async (who: typeof patient, path: string) => {
      const { text: said } = await inside.as(who)('GET', path);
      const { entry: entries = [] } = JSON.parse(said) as {
        entry?: { resource: { id: string; subject?: { reference: string } } }[];
      };
      return entries
        .filter(({ resource }) => resource.id === 'moved')
        .map(({ resource }) => resource.subject?.reference);
    };

    expect(await status(patient, 'GET', 'Observation/moved/_history/2')).to.equal(200);
    expect(await status(patient, 'GET', 'Observation/moved/_history/1')).to.equal(404);
    for (const path of ['Observation/moved/_history', 'Observation/_history', '_history'])
      expect(await subjects(patient, path), path).to.deep.equal(['Patient/mine']);
    expect(await subjects(network, 'Observation/moved/_history')).to.deep.equal([
      'Patient/mine',
      'Patient/other',
    ]);
  });

  it('counts in a history none of the versions it does not show', async () => {
    await put(observation('moved', 'Patient/other'), ours);
    await put(observation('moved', 'Patient/mine'), ours);
    const totals = async (who: typeof patient, path: string) => {
      const paths = [path, `${path}?_summary=count`, `${path}?_count=0`];
      const answers = await Promise.all(paths.map((each) => inside.as(who)('GET', each)));
      return answers.map(({ json }) => json.total as number);
    };

    expect(await totals(patient, 'Observation/moved/_history')).to.deep.equal([1, 1, 1]);
    expect(await totals(network, 'Observation/moved/_history')).to.deep.equal([2, 2, 2]);
    for (const path of ['Observation/_history', '_history']) {
      const [whole, ...counted] = await totals(patient, path);
      expect(counted, path).to.deep.equal([whole, whole]);
    }
  });

  it('counts no history that is too long to look at each version, and says so', async () => {
    const made = Array.from({ length: 2001 }, (_, at) => {
      const id = `many-${String(at)}`;
      return entry('PUT', `Observation/${id}`, observation(id, 'Patient/mine'));
    });
    const answered = await inside.by(ours)('POST', '', { body: bundle('transaction', ...made) });
    expect(answered.status).to.equal(200);

    const { status: refused, text: said } = await inside.as(patient)(
      ...(['GET', 'Observation/_history?_summary=count'] as const),
    );

    expect(refused).to.equal(400);
    expect(said).to.include('_since');
  });

  describe('a proxy', () => {
    it('stands for the patient as long as an active consent says so', async () => {
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);

      await put(consent('active', '2199-01-01'), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(200);
      expect(await status(proxy, 'GET', 'Patient/other')).to.equal(404);

      await put(consent('active', '2001-01-01'), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);

      await put(consent('inactive'), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);
    });

    it('stands for nobody by a consent that denies, nor beside one', async () => {
      await put(consent('active', undefined, { type: 'deny' }), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);

      await put({ ...consent('active', undefined, { type: 'permit' }), id: 'permits' }, ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);

      await put(consent('inactive', undefined, { type: 'deny' }), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(200);
    });

    it('stands for nobody by a consent that denies what it does not say, by its policy', async () => {
      const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
      const by = (code: string) => ({
        ...consent('active'),
        ...{ policyRule: { coding: [{ system, code }] } },
      });
      await put(by('OPTOUT'), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);

      await put({ ...consent('active'), id: 'permits' }, ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);

      await put(by('OPTIN'), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(200);
    });

    it('stands for nobody by a consent about a part of the record', async () => {
      const coding = { system: 'http://hl7.org/fhir/resource-types', code: 'Appointment' };
      const security = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
      const parts = {
        class: [coding],
        code: [{ coding: [{ system: 'http://loinc.org', code: '718-7' }] }],
        data: [{ meaning: 'instance', reference: to('Observation/ours') }],
        dataPeriod: { start: '2026-01-01' },
        securityLabel: [{ system: security, code: 'N' }],
        provision: [{ type: 'deny', class: [coding] }],
      };
      for (const [element, value] of Object.entries(parts)) {
        await put(consent('active', undefined, { type: 'permit', [element]: value }), ours);
        expect(await status(proxy, 'GET', 'Patient/mine'), element).to.equal(403);
        expect(await status(proxy, 'GET', 'Observation/ours'), element).to.equal(403);
      }

      await put(consent('active', undefined, { type: 'permit' }), ours);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(200);
    });

    it('stands for nobody by the word of a hospital that does not keep who they are', async () => {
      await put(consent('active'), theirs);
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);

      await put({ ...consent('active'), id: 'given' }, 'Patient/mine');
      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(200);
    });

    it('stands for nobody before the consent begins', async () => {
      await put(consent('active', undefined, { period: { start: '2199-01-01' } }), ours);

      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);
    });

    it('cannot make or lengthen the consent it stands by', async () => {
      await put(consent('active', '2199-01-01'), ours);
      await put({ ...consent('active', '2199-01-01'), id: 'given' }, 'Patient/mine');
      const longer = { ...consent('active', '2199-06-01'), id: 'given' };

      expect(await status(proxy, 'GET', 'Consent/given')).to.equal(200);
      expect(await status(proxy, 'POST', 'Consent', { ...longer, id: undefined })).to.equal(403);
      expect(await status(proxy, 'PUT', 'Consent/given', longer)).to.equal(403);
      expect(await status(patient, 'PUT', 'Consent/given', longer)).to.equal(200);
    });

    it('stands for nobody once the relation is not active', async () => {
      await put(consent('active'), ours);
      await put(
        {
          resourceType: 'RelatedPerson',
          id: 'child',
          active: false,
          patient: to('Patient/mine'),
        } as never,
        ours,
      );

      expect(await status(proxy, 'GET', 'Patient/mine')).to.equal(403);
    });

    it('writes as the person it is', async () => {
      await put(consent('active'), ours);
      const by = (performer: string) =>
        status(proxy, 'POST', 'Observation', {
          ...observation('x', 'Patient/mine', { performer: [to(performer)] }),
          id: undefined,
        });

      expect(await by('RelatedPerson/child')).to.equal(201);
      expect(await by('Patient/mine')).to.equal(403);
    });

    describe('of whom a consent says what may be done', () => {
      const system = 'http://terminology.hl7.org/CodeSystem/consentaction';
      const doing = (...codes: readonly string[]) => ({
        action: codes.map((code) => ({ coding: [{ system, code }] })),
      });
      const measured = observation('measured', 'Patient/mine', {
        performer: [to('RelatedPerson/child')],
      });
      const doings = async () => ({
        read: await status(proxy, 'GET', 'Observation/ours'),
        search: (await found(proxy, 'Observation')).length > 0,
        create: await status(proxy, 'PUT', 'Observation/measured', measured),
        update: await status(proxy, 'PUT', 'Observation/measured', {
          ...measured,
          note: [{ text: 'again' }],
        }),
      });

      it('does everything where it says nothing', async () => {
        await put(consent('active'), ours);

        expect(await doings()).to.deep.equal({ read: 200, search: true, create: 201, update: 200 });
      });

      it('only looks where it says so', async () => {
        await put(consent('active', undefined, doing('access', 'disclose')), ours);

        expect(await doings()).to.deep.equal({ read: 200, search: true, create: 403, update: 403 });
      });

      it('adds, and changes nothing, where it may collect', async () => {
        await put(consent('active', undefined, doing('access', 'collect')), ours);

        expect(await doings()).to.deep.equal({ read: 200, search: true, create: 201, update: 403 });
      });

      it('changes where it may correct, by one consent or by two', async () => {
        await put(consent('active', undefined, doing('access', 'collect')), ours);
        await put({ ...consent('active', undefined, doing('correct')), id: 'more' }, ours);

        expect(await doings()).to.deep.equal({ read: 200, search: true, create: 201, update: 200 });
      });

      it('does no more from the next request on where less is allowed', async () => {
        await put(consent('active'), ours);
        expect((await doings()).update).to.equal(200);

        await put(consent('active', undefined, doing('access')), ours);

        expect(await status(proxy, 'PUT', 'Observation/measured', measured)).to.equal(403);
        expect(await status(proxy, 'GET', 'Observation/measured')).to.equal(200);
      });
    });
  });

  describe('a clinician', () => {
    it('sees what the own hospital keeps, and the patients in its care', async () => {
      expect(await found(clinician, 'Observation')).to.deep.equal(['Observation/ours']);
      expect(await found(clinician, 'Patient')).to.deep.equal(['Patient/mine']);
      expect(await status(clinician, 'GET', 'Observation/theirs')).to.equal(404);
    });

    it('writes as the hospital, about patients that may be seen', async () => {
      expect(
        await status(clinician, 'PUT', 'Observation/n', observation('n', 'Patient/mine')),
      ).to.equal(201);
      expect(await custodianOf('Observation/n')).to.equal(ours);
      expect(
        await status(clinician, 'PUT', 'Observation/m', observation('m', 'Patient/unseen')),
      ).to.equal(403);
      expect(
        await status(clinician, 'PUT', 'Observation/m', observation('m', 'Patient/never')),
      ).to.equal(403);
      expect(
        await status(clinician, 'PUT', 'Encounter/m', encounter('m', 'Patient/unseen')),
      ).to.equal(403);
    });

    it('moves no record to a patient that may not be seen', async () => {
      expect(
        await status(clinician, 'PUT', 'Observation/ours', observation('ours', 'Patient/unseen')),
      ).to.equal(403);
    });

    it('writes nobody else’s records, which look as if they were not there', async () => {
      expect(
        await status(clinician, 'PUT', 'Observation/theirs', observation('theirs', 'Patient/mine')),
      ).to.equal(404);
      expect(await status(clinician, 'DELETE', 'Observation/theirs')).to.equal(204);
      expect(await status(network, 'GET', 'Observation/theirs')).to.equal(200);
    });

    it('sees in patient context the record of that patient alone', async () => {
      await put(encounter('e2', 'Patient/other'), ours);
      await put(observation('ours2', 'Patient/other'), ours);
      const launched = { ...clinician, patient: 'mine', scopes: ['patient/*.cruds'] };

      expect(await found(launched, 'Observation')).to.deep.equal(['Observation/ours']);
      expect(await found(launched, 'Patient')).to.deep.equal(['Patient/mine']);
      expect(
        await status(launched, 'PUT', 'Observation/n', observation('n', 'Patient/other')),
      ).to.equal(403);
    });

    it('has nothing without a hospital', async () => {
      const homeless = caller({ role: 'clinician', fhirUser: 'Practitioner/d' });

      expect(await status(homeless, 'GET', 'Observation/ours')).to.equal(403);
      expect(await status(homeless, 'GET', 'Practitioner/d')).to.equal(200);
    });
  });

  describe('other roles', () => {
    it('the desk registers and books, and sees nothing clinical', async () => {
      expect(await found(desk, 'Patient')).to.deep.equal(['Patient/mine']);
      expect(
        await status(desk, 'PUT', 'Patient/new', { resourceType: 'Patient', id: 'new' }),
      ).to.equal(201);
      expect(await custodianOf('Patient/new')).to.equal(ours);
      for (const type of [
        'Observation',
        'Encounter',
        'DocumentReference',
        'MedicationRequest',
        'Claim',
      ])
        expect(await status(desk, 'GET', type), type).to.equal(403);
      expect(
        await status(desk, 'POST', 'DocumentReference', {
          ...document('x', 'Patient/mine', 'http://x'),
          id: undefined,
        }),
      ).to.equal(201);
    });

    it('the pharmacist sees prescriptions for the own pharmacy, and whose they are', async () => {
      const prescription = (id: string, subject: string, performer: string) => ({
        ...{ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order' },
        ...{ subject: to(subject), medicationCodeableConcept: text },
        dispenseRequest: { performer: to(performer) },
      });
      await put(prescription('here', 'Patient/other', ours), theirs);
      await put(prescription('there', 'Patient/mine', theirs), theirs);

      expect(await found(pharmacist, 'MedicationRequest')).to.deep.equal([
        'MedicationRequest/here',
      ]);
      expect(await found(pharmacist, 'Patient')).to.deep.equal(['Patient/other']);
      expect(await status(pharmacist, 'GET', 'Observation')).to.equal(403);
      expect(
        await status(pharmacist, 'POST', 'MedicationDispense', {
          ...{ resourceType: 'MedicationDispense', status: 'completed' },
          ...{ medicationCodeableConcept: text, subject: to('Patient/other') },
        }),
      ).to.equal(201);
    });

    it('the biller sees charges, and whose they are', async () => {
      const invoice = {
        resourceType: 'Invoice',
        id: 'i',
        status: 'issued',
        subject: to('Patient/other'),
        issuer: to(ours),
      };
      await put(invoice, theirs);

      expect(await found(biller, 'Invoice')).to.deep.equal(['Invoice/i']);
      expect(await found(biller, 'Patient')).to.deep.equal(['Patient/other']);
      expect(await status(biller, 'GET', 'Condition')).to.equal(403);
    });

    it('a system stays inside its organization, the network’s does not', async () => {
      expect(await found(system, 'Observation')).to.deep.equal(['Observation/ours']);
      expect(await found(network, 'Observation')).to.have.length(3);
      expect(
        await status(system, 'PUT', 'Observation/theirs', observation('theirs', 'Patient/mine')),
      ).to.equal(404);
      expect(
        await status(network, 'PUT', 'Observation/theirs', observation('theirs', 'Patient/mine')),
      ).to.equal(200);
      expect(await custodianOf('Observation/theirs')).to.equal(theirs);
    });

    it('a system tells how something came to be only of what it may see', async () => {
      const tell = (...targets: readonly string[]) =>
        status(system, 'POST', 'Provenance', {
          ...{ resourceType: 'Provenance', recorded: '2026-11-21T10:00:00Z' },
          ...{ target: targets.map(to), agent: [{ who: { display: 'x' } }] },
        });

      expect(await tell('Observation/ours')).to.equal(201);
      expect(await tell('Observation/ours/_history/1', 'Encounter/e')).to.equal(201);
      for (const hidden of [
        ...['Observation/theirs', 'Observation/other/_history/1', 'Patient/unseen'],
        ...['Observation/never', 'Binary/never', 'Consent/never'],
      ]) {
        expect(await tell(hidden), hidden).to.equal(403);
        expect(await tell('Observation/ours', hidden), hidden).to.equal(403);
      }
      expect(await found(patient, 'Provenance?target=Observation/theirs')).to.deep.equal([]);
    });

    it('a system tells in a transaction how that came to be which it writes', async () => {
      const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
      const provenance = {
        ...{ resourceType: 'Provenance', recorded: '2026-11-21T10:00:00Z' },
        ...{ target: [to(urn)], agent: [{ who: { display: 'x' } }] },
      };
      const sent = { ...observation('x', 'Patient/mine'), id: undefined };

      expect(
        await status(
          system,
          'POST',
          '',
          bundle(
            'transaction',
            { fullUrl: urn, ...entry('POST', 'Observation', sent) },
            entry('POST', 'Provenance', provenance),
          ),
        ),
      ).to.equal(200);
    });

    it('the administrator sees and writes what is about nobody', async () => {
      for (const type of ['Patient', 'Observation', 'Appointment', 'Provenance', 'Binary'])
        expect(await status(administrator, 'GET', type), type).to.equal(403);
      expect(await status(administrator, 'GET', 'AuditEvent')).to.equal(200);
      expect(
        await status(administrator, 'PUT', 'Practitioner/n', {
          resourceType: 'Practitioner',
          id: 'n',
        }),
      ).to.equal(201);
    });

    it('nobody changes what was noted of who did what', async () => {
      for (const who of [patient, clinician, system, network, administrator])
        for (const method of ['PUT', 'DELETE'] as const)
          expect(
            await status(who, method, 'AuditEvent/x', { resourceType: 'AuditEvent', id: 'x' }),
            who.role,
          ).to.be.oneOf(method === 'PUT' ? [403, 422] : [403]);
    });

    it('no person has system scopes, no system those of persons', async () => {
      expect(
        await status({ ...clinician, scopes: ['system/*.cruds'] }, 'GET', 'Observation/ours'),
      ).to.equal(403);
      expect(
        await status({ ...system, scopes: ['user/*.cruds'] }, 'GET', 'Observation/ours'),
      ).to.equal(403);
    });
  });

  describe('whatever the interaction', () => {
    const only = (...scopes: readonly string[]): Caller => ({ ...system, scopes });

    it('refuses aloud what the scopes give on no resource of the type', async () => {
      const refused = await inside.as(only('system/Observation.r'))('GET', 'Observation');

      expect(refused.status).to.equal(403);
      expect(refused.text).to.include('Your access does not include: search Observation.');
    });

    it('asks for the right to search when a request has criteria', async () => {
      const writer = only('system/Observation.crud');
      const body = { ...observation('x', 'Patient/mine'), id: undefined };

      expect(await createIfNone(writer, body, 'status=final')).to.equal(403);
      expect(await status(writer, 'PUT', 'Observation?status=final', body)).to.equal(403);
      expect(await status(writer, 'DELETE', 'Observation?status=final')).to.equal(403);
      expect(await createIfNone(only('system/Observation.cs'), body, 'status=final')).to.equal(200);
    });

    it('deletes and patches with just the right to do so', async () => {
      const patch = [{ op: 'replace', path: '/status', value: 'amended' }];
      const send = async (who: Caller) => {
        const request = {
          method: 'PATCH',
          path: 'Observation/ours',
          query: [],
          headers: {},
          json: patch,
        } as const;
        return inside.context.dispatch(
          { ...request, base: 'http://host.example/fhir' },
          await inside.authorize(who),
        );
      };

      const { status: code, text: shown } = await send(only('system/Observation.u'));
      expect(code).to.equal(200);
      expect(shown).to.equal(undefined);
      expect(await status(only('system/Observation.d'), 'DELETE', 'Observation/ours')).to.equal(
        204,
      );
      expect(await status(network, 'GET', 'Observation/ours')).to.equal(410);
    });

    it('tells duplicates among hidden resources from none in no way', async () => {
      const body = { resourceType: 'Patient', name: [{ family: 'Doe' }] };
      const created = await inside.as(system)('POST', 'Patient', {
        body,
        headers: { 'if-none-exist': 'family=Doe&_id=other,unseen' },
      });

      expect(created.status).to.equal(201);
    });

    it('authorises each entry of a batch by itself', async () => {
      const { json } = await inside.as(only('system/Observation.rs'))('POST', '', {
        body: bundle(
          'batch',
          entry('GET', 'Observation/ours'),
          entry('GET', 'Observation/theirs'),
          entry('GET', 'Patient/mine'),
          entry('PUT', 'Observation/ours', observation('ours', 'Patient/mine')),
          entry('GET', 'Observation?_include=Observation:subject'),
        ),
      });
      const answers = json.entry as {
        response: { status: string };
        resource?: { entry: object[] };
      }[];

      expect(answers.map(({ response }) => response.status.slice(0, 3))).to.deep.equal([
        ...['200', '404', '403', '403', '200'],
      ]);
      expect(answers[4]!.resource!.entry).to.have.length(1);
    });

    it('names the entry of a transaction that is not allowed, and writes none', async () => {
      const { status: code, json } = await inside.as(only('system/Observation.cruds'))('POST', '', {
        body: bundle(
          'transaction',
          entry('PUT', 'Observation/n', observation('n', 'Patient/mine')),
          entry('DELETE', 'Encounter/e'),
        ),
      });

      expect(code).to.equal(403);
      expect(json.issue[0].expression).to.deep.equal(['Bundle.entry[1]']);
      expect(await status(network, 'GET', 'Observation/n')).to.equal(404);
    });

    it('lets the entries of a transaction refer to a patient among them', async () => {
      const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
      const send = (subject: string) =>
        status(
          system,
          'POST',
          '',
          bundle(
            'transaction',
            { fullUrl: urn, ...entry('POST', 'Patient', { resourceType: 'Patient' }) },
            entry('POST', 'Observation', { ...observation('x', subject), id: undefined }),
          ),
        );

      expect(await send(urn)).to.equal(200);
      expect(await send('Patient/unseen')).to.equal(403);
    });

    it('finds by a conditional reference only what may be seen', async () => {
      const send = (family: string) =>
        status(
          system,
          'POST',
          '',
          bundle(
            'transaction',
            entry('POST', 'Observation', {
              ...observation('x', `Patient?family=${family}&_id=other`),
              id: undefined,
            }),
          ),
        );

      expect(await send('Doe')).to.equal(412);
      expect(await send('Nobody')).to.equal(412);
    });

    it('gives by a granular scope the matching resources alone, and takes only such', async () => {
      const granular = only('system/Observation.cruds?code=a');
      const coded = (id: string, code: string) =>
        observation(id, 'Patient/mine', { code: { coding: [{ system: 'http://x', code }] } });
      await put(coded('a', 'a'), ours);
      await put(coded('b', 'b'), ours);

      expect(await found(granular, 'Observation')).to.deep.equal(['Observation/a']);
      expect(await status(granular, 'GET', 'Observation/b')).to.equal(404);
      expect(await status(granular, 'PUT', 'Observation/c', coded('c', 'b'))).to.equal(403);
      expect(await status(granular, 'PUT', 'Observation/c', coded('c', 'a'))).to.equal(201);
      expect(await status(granular, 'PUT', 'Observation/a', coded('a', 'b'))).to.equal(403);
      expect(await status(granular, 'DELETE', 'Observation/b')).to.equal(204);
      expect(await status(network, 'GET', 'Observation/b')).to.equal(200);
    });

    it('gives a file by the document that refers to it, within the document’s scope', async () => {
      await put(
        { resourceType: 'Binary', id: 'file', contentType: 'text/plain', data: 'YQ==' } as never,
        theirs,
      );
      await put(document('w', 'Patient/mine', 'Binary/file'), ours);
      const file = (...scopes: readonly string[]) => status(only(...scopes), 'GET', 'Binary/file');

      expect(await file('system/DocumentReference.rs')).to.equal(200);
      expect(await file('system/DocumentReference.rs?status=superseded')).to.equal(404);
      expect(await file('system/Binary.r')).to.equal(404);
      expect(await file('system/Observation.rs')).to.equal(404);
    });

    it('gives a file with a security context only to those who see that', async () => {
      await put(
        {
          resourceType: 'Binary',
          id: 'file',
          contentType: 'text/plain',
          data: 'YQ==',
          securityContext: to('Patient/unseen'),
        } as never,
        ours,
      );
      await put(document('w', 'Patient/mine', 'Binary/file'), ours);

      expect(await status(system, 'GET', 'Binary/file')).to.equal(404);
      expect(await status(network, 'GET', 'Binary/file')).to.equal(200);
    });

    it('compiles a stored value set only for those whose scopes name value sets', async () => {
      await put({
        resourceType: 'ValueSet',
        id: 'v',
        status: 'active',
        url: 'http://v',
        compose: { include: [{ system: 'http://s', concept: [{ code: 'a' }] }] },
      } as never);

      expect(await status(only('system/Patient.rs'), 'GET', 'ValueSet/v/$expand')).to.equal(403);
      expect(
        await status(only('system/Patient.rs'), 'GET', 'ValueSet/$expand?url=http://v'),
      ).to.equal(403);
      expect(
        await status(
          only('system/ValueSet.rs?status=draft'),
          'GET',
          'ValueSet/$expand?url=http://v',
        ),
      ).to.equal(404);
      expect(
        await status(only('system/ValueSet.rs'), 'GET', 'ValueSet/$expand?url=http://v'),
      ).to.equal(200);
    });
  });
});

describe('access/authorize, what is shared', () => {
  const open: Sharing = { also: (type) => (type === 'Observation' ? everything : nothing) };
  const openBy = async (sharing: () => Sharing | undefined) => {
    const inside = openInside(openMemoryStore());
    const { context } = inside;
    await inside.by(theirs)('PUT', 'Observation/open', {
      body: observation('open', 'Patient/mine'),
    });
    return createAuthorize({
      ...{ ...context, resources: context.store.resources, base: 'http://host.example/fhir' },
      sharing: () => Promise.resolve(sharing()),
    });
  };

  it('is added to what a clinician sees, and ends with the next request', async () => {
    let shared: Sharing | undefined = open;
    const authorize = await openBy(() => shared);

    const first = (await authorize(clinician)).filter('Observation', 'search');
    const again = (await authorize(clinician)).filter('Observation', 'search');
    shared = undefined;
    const last = (await authorize(clinician)).filter('Observation', 'search');

    expect(first).to.deep.equal(everything);
    expect(again).to.equal(first);
    expect(last).to.not.deep.equal(everything);
  });

  it('adds nothing for a role that nothing is shared with', async () => {
    const authorize = await openBy(() => open);

    const filters = await Promise.all(
      [desk, biller, patient].map(async (who) =>
        (await authorize(who)).filter('Observation', 'read'),
      ),
    );

    for (const filter of filters) expect(filter).to.not.deep.equal(everything);
  });
});
