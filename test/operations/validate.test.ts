// $validate over HTTP: modes, profiles, instances; nothing is stored.
// https://hl7.org/fhir/R4/resource-operation-validate.html

import { expect } from 'chai';
import type { OperationOutcome } from 'fhir/r4.js';
import type { Answer } from '../support/client.ts';
import { liveServer } from '../support/live.ts';

const server = liveServer();
const patient = {
  resourceType: 'Patient',
  id: 'v1',
  gender: 'female',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Ann</div>' },
};

before(async () => {
  await server.put('Patient/v1', patient);
});

const outcomeOf = (answer: Answer): OperationOutcome => JSON.parse(answer.text) as OperationOutcome;
const errorsOf = (answer: Answer): readonly string[] =>
  outcomeOf(answer)
    .issue.filter(({ severity }) => severity === 'error')
    .map(({ diagnostics = '' }) => diagnostics);
const parameters = (...parameter: readonly object[]): object => ({
  resourceType: 'Parameters',
  parameter,
});

describe('$validate', () => {
  it('answers 200 and All OK when nothing is found', async () => {
    for (const body of [patient, parameters({ name: 'resource', resource: patient })]) {
      const answer = await server.post('Patient/$validate', body);

      expect(answer.status).to.equal(200);
      expect(outcomeOf(answer).issue).to.deep.equal([
        { severity: 'information', code: 'informational', diagnostics: 'All OK' },
      ]);
    }
  });

  it('answers 200 with every fault that a create would refuse', async () => {
    const spoilt = { ...patient, gender: 'feemale', nmae: 1 };

    const answer = await server.post('Patient/$validate', spoilt);

    expect(answer.status).to.equal(200);
    expect(errorsOf(answer)).to.have.length(2);
    expect((await server.post('Patient', spoilt)).status).to.equal(422);
  });

  it('warns where a create says nothing', async () => {
    const answer = await server.post('Patient/$validate', { resourceType: 'Patient' });

    expect(outcomeOf(answer).issue.map(({ severity }) => severity)).to.deep.equal(['warning']);
  });

  it('validates a stored instance by GET', async () => {
    expect(outcomeOf(await server.get('Patient/v1/$validate')).issue[0]?.diagnostics).to.equal(
      'All OK',
    );
    expect((await server.get('Patient/nobody/$validate')).status).to.equal(404);
  });

  it('checks a profile, and names one it does not know', async () => {
    const bodyweight = 'http://hl7.org/fhir/StructureDefinition/bodyweight';
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };

    const known = await server.post(`Observation/$validate?profile=${bodyweight}`, observation);
    const unknown = await server.post(
      'Patient/$validate',
      parameters(
        { name: 'resource', resource: patient },
        { name: 'profile', valueUri: 'http://example.org/none' },
      ),
    );

    expect(errorsOf(known).join(' ')).to.include('bodyweight');
    expect(errorsOf(unknown)[0]).to.include("Profile 'http://example.org/none' is not known here");
  });

  it('finds a profile that is stored here', async () => {
    const url = 'http://example.org/StructureDefinition/named';
    await server.put('StructureDefinition/named', {
      resourceType: 'StructureDefinition',
      ...{
        id: 'named',
        url,
        name: 'Named',
        status: 'draft',
        kind: 'resource',
        abstract: false,
        type: 'Patient',
        derivation: 'constraint',
      },
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      differential: {
        element: [
          { id: 'Patient', path: 'Patient' },
          { id: 'Patient.name', path: 'Patient.name', min: 1 },
        ],
      },
    });

    expect(errorsOf(await server.post(`Patient/$validate?profile=${url}`, patient))[0]).to.include(
      "must have 'name'",
    );
  });

  it('knows the modes', async () => {
    expect(errorsOf(await server.post('Patient/$validate?mode=create', patient))).to.deep.equal([]);
    expect(errorsOf(await server.post('Patient/v1/$validate?mode=update', patient))).to.deep.equal(
      [],
    );
    expect(
      errorsOf(await server.post('Patient/v1/$validate?mode=update', { ...patient, id: 'v2' }))[0],
    ).to.include("must be 'v1'");
    expect((await server.get('Patient/v1/$validate?mode=delete')).status).to.equal(200);
    expect((await server.get('Patient/nobody/$validate?mode=delete')).status).to.equal(404);
    expect((await server.get('Patient/v1/$validate?mode=destroy')).status).to.equal(400);
  });

  it('reports a resource of another type', async () => {
    const answer = await server.post('Observation/$validate', patient);

    expect(errorsOf(answer)[0]).to.include('the address is of Observation');
  });

  it('needs a resource', async () => {
    expect((await server.post('Patient/$validate', parameters())).status).to.equal(400);
    expect(
      (await server.post('Patient/$validate', parameters({ name: 'resource' }))).status,
    ).to.equal(400);
    expect(
      (await server.post('Patient/$validate', parameters({ name: 'resorce', resource: patient })))
        .status,
    ).to.equal(400);
    expect((await server.post('Patient/$validate', '{"resourceType":"Patient",')).status).to.equal(
      400,
    );
  });

  it('stores nothing', async () => {
    await server.post('Patient/$validate', { ...patient, id: 'never' });

    expect((await server.get('Patient/never')).status).to.equal(404);
  });
});
