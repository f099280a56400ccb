// Patient/$health-cards-issue and $health-cards-revoke: cards hold what the caller may see, and nothing that was not asked for.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/OperationDefinition-patient-i-health-cards-issue.html

import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Caller } from '#src/access/caller.ts';
import { documentOf } from '#src/fhir/json.ts';
import { Problem } from '#src/fhir/problem.ts';
import { createIssueCards } from '#src/health-id/card/issue-cards.ts';
import { readNumeric } from '#src/health-id/card/numeric.ts';
import { openCard } from '#src/health-id/card/open-card.ts';
import { createOwnIssuer } from '#src/health-id/card/own-issuer.ts';
import { verify } from '#src/health-id/card/verify.ts';
import { cardQrUrl } from '#src/operations/health-cards-issue.ts';
import { healthCardOperations } from '#src/operations/health-cards.ts';
import type { FhirRequest } from '#src/interactions/types.ts';
import type { Operation } from '#src/operations/types.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { base, openInside } from '#test/support/rights.ts';
import { definedIn, strangeParameters, takenIn } from '#test/support/taken-parameters.ts';

const issuer = 'https://host.example';
// Health IDs are given out by the server; here they only have to be there.
const system = 'https://network.example/uhid';

interface Parameter {
  readonly name: string;
  readonly valueString?: string;
  readonly valueInstant?: string;
  readonly extension?: readonly { readonly url: string; readonly valueString: string }[];
  readonly part?: readonly { readonly name: string; readonly valueUri?: string }[];
}

interface Asking {
  readonly id?: string;
  readonly operation?: Operation;
  readonly body?: FhirRequest['body'];
}

const concept = (code: string, of = 'http://hl7.org/fhir/sid/cvx') => ({
  coding: [{ system: of, code }],
});
const laboratory = concept(
  'laboratory',
  'http://terminology.hl7.org/CodeSystem/observation-category',
);
const shot = (id: string, code: string, more: object = {}) => ({
  ...{ resourceType: 'Immunization', id, status: 'completed', vaccineCode: concept(code) },
  ...{ patient: { reference: 'Patient/anna' }, occurrenceDateTime: '2021-01-01', ...more },
});
const result = (id: string, more: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', category: [laboratory] },
  ...{ code: concept('94500-6', 'http://loinc.org'), subject: { reference: 'Patient/anna' } },
  ...{ effectiveDateTime: '2022-01-01', valueCodeableConcept: concept('260415000'), ...more },
});

/** Nothing in it repeats itself, so that it does not pack well. */
const longText = Array.from({ length: 400 }, (_, at) => String((at * 104_729) % 99_991)).join('');

const record: readonly { readonly resourceType: string; readonly id: string }[] = [
  { resourceType: 'Organization', id: 'north', ...{ name: 'North' } },
  {
    ...{ resourceType: 'Patient', id: 'anna', birthDate: '1990-02-03' },
    ...{ identifier: [{ system, value: '12345678901234' }], name: [{ family: 'Rao' }] },
    ...{ managingOrganization: { reference: 'Organization/north' } },
  },
  { resourceType: 'Patient', id: 'bert', ...{ name: [{ family: 'Lind' }] } },
  { resourceType: 'Patient', id: 'carl', ...{ name: [{ family: 'Voss' }] } },
  shot('long', '208', { patient: { reference: 'Patient/carl' }, lotNumber: longText }),
  shot('covid-1', '207'),
  shot('covid-2', '207', { occurrenceDateTime: '2023-06-01' }),
  shot('mpox', '206'),
  shot('wrong', '207', { status: 'entered-in-error' }),
  shot('of-bert', '207', { patient: { reference: 'Patient/bert' } }),
  result('pcr'),
  result('early', { status: 'preliminary' }),
  result('weight', { category: [concept('vital-signs')] }),
  {
    ...{ resourceType: 'ValueSet', id: 'mpox', url: 'https://v.example/mpox', status: 'active' },
    ...{
      compose: {
        include: [{ system: 'http://hl7.org/fhir/sid/cvx', concept: [{ code: '206' }] }],
      },
    },
  },
];

describe('operations/health-cards', () => {
  const store = openMemoryStore();
  const inside = openInside(store);
  const { now } = inside.context;
  const own = createOwnIssuer({ records: store.records, now });
  const issue = createIssueCards({ records: store.records, issuer, system, now });
  const [issuing, revoking] = healthCardOperations({ issue, revoke: own.revoke });
  const common = { client: 'app', token: 'token' };
  const anna: Caller = {
    ...common,
    ...{ role: 'patient', fhirUser: 'Patient/anna', patient: 'anna' },
    scopes: ['patient/*.cruds'],
  };
  const desk: Caller = {
    ...common,
    ...{ role: 'desk', organization: 'Organization/north', scopes: ['user/*.cruds'] },
  };

  before(async () => {
    for (const resource of record) {
      const path = `${resource.resourceType}/${resource.id}`;
      const { status, text } = await inside.by('Organization/north')('PUT', path, {
        body: resource,
      });
      expect(status, text).to.equal(201);
    }
  });

  const ask = async (
    caller: Caller,
    query: readonly (readonly [string, string])[],
    { id = 'anna', operation = issuing!, body }: Asking = {},
  ) => {
    const path = `Patient/${id}/${operation.name}`;
    const request = {
      method: 'POST',
      path,
      type: 'Patient',
      id,
      query,
      headers: {},
      base,
      ...(body ? { body } : {}),
    } as const;
    try {
      const permit = await inside.authorize(caller);
      const { text = '', shown } = await operation.handler(request, permit, inside.context);
      const { parameter = [] } = JSON.parse(text) as { parameter?: readonly Parameter[] };
      return { status: 200, parameter, text, shown };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { status: error.status, parameter: [], text: error.message, shown: [] };
    }
  };
  const cardsOf = (parameter: readonly Parameter[]): readonly string[] =>
    parameter.flatMap(({ valueString }) => valueString ?? []);
  const typesIn = (jws: string) => {
    const opening = openCard(jws);
    const { entry } = opening.ok
      ? opening.card.claims.vc.credentialSubject.fhirBundle
      : { entry: [] };
    return entry.map(({ resource }) => resource.resourceType).join(' ');
  };
  const storedIn = (parameter: readonly Parameter[]) =>
    parameter
      .flatMap(({ part = [] }) => part)
      .flatMap(({ name, valueUri }) => (name === 'hostedResource' ? [valueUri!] : []))
      .map((url) => url.slice(base.length + 1))
      .sort();

  it('gives a patient cards, one for each vaccine, that anybody can verify', async () => {
    const { parameter, shown } = await ask(anna, [['credentialType', 'Immunization']]);
    const cards = cardsOf(parameter);
    const findIssuer = (iss: string) => (iss === issuer ? own : undefined);

    expect(cards.map(typesIn)).to.have.members([
      'Patient Immunization Immunization',
      'Patient Immunization',
    ]);
    for (const jws of cards)
      expect((await verify(jws, { findIssuer, now })).outcome).to.equal('genuine');
    expect(storedIn(parameter)).to.deep.equal([
      'Immunization/covid-1',
      'Immunization/covid-2',
      'Immunization/mpox',
    ]);
    expect(shown!.map(({ type, id }) => `${type}/${id}`)).to.have.members([
      ...['Patient/anna', 'Immunization/covid-1', 'Immunization/covid-2', 'Immunization/mpox'],
    ]);
  });

  it('gives beside each card the text of its QR code, which is the card again', async () => {
    const { parameter } = await ask(anna, [['credentialType', 'Immunization']]);
    const beside = parameter.flatMap(({ extension = [] }) => extension);

    expect(new Set(beside.map(({ url }) => url))).to.deep.equal(new Set([cardQrUrl]));
    expect(beside.map(({ valueString }) => readNumeric([valueString]))).to.deep.equal(
      cardsOf(parameter).map((jws) => ({ ok: true, jws })),
    );
  });

  it('gives no QR code of a card that is too long for one', async () => {
    const carl: Caller = { ...anna, fhirUser: 'Patient/carl', patient: 'carl' };
    const { parameter } = await ask(carl, [['credentialType', 'Immunization']], { id: 'carl' });

    expect(parameter[0]?.valueString?.length).to.be.above(1195);
    expect(parameter[0]).to.not.have.property('extension');
  });

  it('puts the health ID into the card of who somebody is', async () => {
    const { parameter } = await ask(anna, [['credentialType', 'Patient']]);
    const [jws = ''] = cardsOf(parameter);
    const opening = openCard(jws);

    expect(typesIn(jws)).to.equal('Patient');
    expect(
      opening.ok && opening.card.claims.vc.credentialSubject.fhirBundle.entry[0]!.resource,
    ).to.deep.equal({
      ...{ resourceType: 'Patient', identifier: [{ system, value: '12345678901234' }] },
      ...{ name: [{ family: 'Rao' }], birthDate: '1990-02-03' },
    });
  });

  it('gives final laboratory results, and neither preliminary ones nor other findings', async () => {
    const { parameter } = await ask(anna, [['credentialType', '#laboratory']]);

    expect(storedIn(parameter)).to.deep.equal(['Observation/pcr']);
  });

  it('keeps types that are asked for together in one card', async () => {
    const { parameter } = await ask(anna, [
      ['credentialType', 'Immunization'],
      ['credentialType', 'Observation'],
    ]);

    expect(cardsOf(parameter).map(typesIn)).to.deep.equal([
      'Patient Immunization Immunization Immunization Observation',
    ]);
  });

  it('gives cards of each kind for #health-card', async () => {
    const { parameter } = await ask(anna, [['credentialType', '#health-card']]);

    expect(cardsOf(parameter).map(typesIn)).to.have.members([
      ...['Patient', 'Patient Immunization', 'Patient Immunization Immunization'],
      'Patient Observation',
    ]);
  });

  it('puts only what is in the value set into the card', async () => {
    const { parameter } = await ask(anna, [
      ['credentialType', 'Immunization'],
      ['credentialValueSet', 'https://v.example/mpox'],
    ]);

    expect(storedIn(parameter)).to.deep.equal(['Immunization/mpox']);
  });

  it('leaves out what is older than asked for, and claims that are not', async () => {
    const { parameter } = await ask(anna, [
      ['credentialType', 'Immunization'],
      ['_since', '2022'],
      ['includeIdentityClaim', 'Patient.name'],
    ]);
    const opening = openCard(cardsOf(parameter)[0]!);

    expect(storedIn(parameter)).to.deep.equal(['Immunization/covid-2']);
    expect(
      opening.ok && opening.card.claims.vc.credentialSubject.fhirBundle.entry[0]!.resource,
    ).to.deep.equal({ resourceType: 'Patient', name: [{ family: 'Rao' }] });
  });

  it('answers Parameters without any where there is nothing of the kind', async () => {
    const { status, text } = await ask(anna, [['credentialType', 'Coverage']]);

    expect(status).to.equal(200);
    expect(JSON.parse(text)).to.deep.equal({ resourceType: 'Parameters' });
  });

  for (const [what, query, says] of [
    ['no type', [], "'credentialType' must say"],
    ['a type that is none', [['credentialType', 'Immunisation']], "Did you mean 'Immunization'"],
    [
      'a value set that is not here',
      [
        ['credentialType', 'Immunization'],
        ['credentialValueSet', 'https://v.example/none'],
      ],
      'not known to this server',
    ],
    [
      'a claim there is not',
      [
        ['credentialType', 'Patient'],
        ['includeIdentityClaim', 'Patient.photo'],
      ],
      'possible: Patient.identifier',
    ],
    [
      'a time that is none',
      [
        ['credentialType', 'Patient'],
        ['_since', 'yesterday'],
      ],
      'must be a date',
    ],
  ] as const)
    it(`refuses ${what} and says what to send`, async () => {
      const { status, text } = await ask(anna, query);

      expect(status).to.equal(400);
      expect(text).to.include(says);
    });

  it('puts nothing into a card that the caller may not see', async () => {
    const covidOnly = {
      ...anna,
      scopes: ['patient/Patient.r', 'patient/Immunization.rs?vaccine-code=206'],
    };
    const some = await ask(covidOnly, [['credentialType', 'Immunization']]);
    const any = await ask(covidOnly, [['credentialType', '#health-card']]);
    const both = await ask(covidOnly, [['credentialType', 'Observation']]);

    expect(storedIn(some.parameter)).to.deep.equal(['Immunization/mpox']);
    expect(storedIn(any.parameter)).to.deep.equal(['Immunization/mpox']);
    expect(both.status).to.equal(403);
  });

  it('answers for a patient who is hidden as for one who is not there', async () => {
    const query = [['credentialType', 'Patient']] as const;
    const hidden = await ask(anna, query, { id: 'bert' });
    const missing = await ask(anna, query, { id: 'nobody' });
    const revoked = await ask(anna, [], { id: 'bert', operation: revoking! });

    expect(hidden.status).to.equal(404);
    expect(hidden.text).to.equal(missing.text.replace('nobody', 'bert'));
    expect(revoked.status).to.equal(404);
  });

  it('revokes the cards a patient has, for the patient and for the desk of the hospital that keeps the record', async () => {
    const query = [['credentialType', 'Patient']] as const;
    const findIssuer = () => own;
    for (const caller of [anna, desk]) {
      const [jws = ''] = cardsOf((await ask(anna, query)).parameter);
      const { status, parameter } = await ask(caller, [], { operation: revoking! });

      expect(status).to.equal(200);
      expect(parameter[0]!.valueInstant).to.match(/^\d{4}-\d\d-\d\dT/);
      expect((await verify(jws, { findIssuer, now })).outcome).to.equal('revoked');
    }
    const [later = ''] = cardsOf((await ask(anna, query)).parameter);
    expect((await verify(later, { findIssuer, now })).outcome).to.equal('genuine');
  });

  it('lets nobody revoke who may only read', async () => {
    const reader = { ...anna, scopes: ['patient/*.rs'] };

    expect((await ask(reader, [], { operation: revoking! })).status).to.be.oneOf([403, 404]);
  });

  for (const name of ['health-cards-issue', 'health-cards-revoke'])
    it(`has a definition of $${name} that is right`, async () => {
      const text = await readFile(`profiles/OperationDefinition-${name}.json`, 'utf8');
      const { status, json } = await inside.by()('POST', 'OperationDefinition/$validate', {
        body: documentOf(JSON.parse(text) as never).plain,
      });
      const { issue: issues } = json as { issue: { severity: string }[] };

      expect(status).to.equal(200);
      expect(issues.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });

  for (const operation of [issuing!, revoking!])
    it(`takes for ${operation.name} the parameters of its definition`, async () => {
      const name = operation.name.slice(1);
      const text = await readFile(`profiles/OperationDefinition-${name}.json`, 'utf8');
      const body = documentOf(strangeParameters);

      const answered = await ask(anna, [], { operation, body });

      expect(takenIn(answered.text)).to.deep.equal(definedIn(JSON.parse(text) as never));
    });
});
