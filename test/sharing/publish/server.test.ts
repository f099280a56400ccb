// A report over HTTP from upload to retrieval: ITI-105, ITI-67 and ITI-68 against a whole server; STORE=mongo runs it over MongoDB.
// https://profiles.ihe.net/ITI/MHD/ITI-67.html

import { expect } from 'chai';
import type { DocumentReference, Patient } from 'fhir/r4.js';
import type { Authorize } from '#src/access/authorize.ts';
import type { Caller } from '#src/access/caller.ts';
import { createAuthorize } from '#src/access/authorize.ts';
import { Problem } from '#src/fhir/problem.ts';
import { unrestricted } from '#src/access/permit.ts';
import type { Guard } from '#src/http/guard.ts';
import { bundleOf, clientOf, idsOf, resourceOf, type Client } from '#test/support/client.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import {
  clinic,
  documentOf,
  laboratory,
  labBundle,
  person,
  report,
  system,
} from './support/uploads.ts';

const callers: Readonly<Record<string, Caller>> = { laboratory, clinic };

describe('a report over HTTP', function () {
  this.timeout(120_000);
  let server: TestServer;
  let authorize: Authorize;
  let lab: Client;
  let stranger: Client;
  let everyone: Client;
  let patient: Patient;
  let number: string;
  let filed: DocumentReference;

  /** The bearer token is the name of who asks. */
  const guard: Guard = ({ headers }) => {
    const name = /^Bearer (\w+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    if (name === 'everyone') return unrestricted;
    const caller = callers[name];
    if (caller) return authorize(caller);
    throw new Problem(401, [{ severity: 'error', code: 'login', diagnostics: 'Sign in first.' }]);
  };

  before(async () => {
    server = await startServer({ guard, env: { ENROL_ON_CREATE: 'on' } });
    const { context, base } = server;
    authorize = createAuthorize({ ...context, resources: context.store.resources, base });
    [lab, stranger, everyone] = ['laboratory', 'clinic', 'everyone'].map((name) =>
      clientOf(base, name),
    ) as [Client, Client, Client];
    patient = resourceOf(await everyone.post('Patient', person()), 201) as Patient;
    number = patient.identifier![0]!.value!;
    const document = {
      ...documentOf(number),
      ...{ date: '2026-01-02T03:04:05Z', identifier: [{ system: 'urn:x', value: '7' }] },
      category: [{ coding: [{ system: 'urn:x', code: 'report' }] }],
      securityLabel: [{ coding: [{ system: 'urn:x', code: 'N' }] }],
      author: [{ reference: '#a' }],
      context: {
        sourcePatientInfo: { reference: '#p' },
        event: [{ coding: [{ system: 'urn:x', code: 'visit' }] }],
        period: { start: '2026-01-01' },
        facilityType: { coding: [{ system: 'urn:x', code: 'hospital' }] },
        practiceSetting: { coding: [{ system: 'urn:x', code: 'pathology' }] },
        related: [{ reference: 'Observation/absent' }],
      },
    };
    const format = { system: 'urn:x', code: 'plain' };
    const content = document.content.map((each) => ({ ...each, format }));
    const contained = [
      ...document.contained!,
      { resourceType: 'Practitioner', id: 'a', name: [{ family: 'House' }] },
    ];
    filed = resourceOf(
      await lab.post('DocumentReference', { ...document, content, contained }),
      201,
    ) as DocumentReference;
  });
  after(async () => {
    for (const client of [lab, stranger, everyone]) client.close();
    await server.close();
  });

  const queries: Readonly<Record<string, () => string>> = {
    patient: () => `patient=Patient/${patient.id!}`,
    'patient.identifier': () => `patient.identifier=${system}|${number}`,
    category: () => 'category=urn:x|report',
    date: () => 'date=ge2026-01-01',
    event: () => 'event=urn:x|visit',
    facility: () => 'facility=urn:x|hospital',
    format: () => 'format=urn:x|plain',
    identifier: () => 'identifier=urn:x|7',
    period: () => 'period=ge2025-12-31',
    related: () => 'related=Observation/absent',
    'security-label': () => 'security-label=urn:x|N',
    setting: () => 'setting=urn:x|pathology',
    type: () => 'type=http://loinc.org|11502-2',
  };
  for (const [parameter, query] of Object.entries(queries)) {
    it(`is found by ${parameter}, by GET and by POST`, async () => {
      const asked = `status=current&${query()}`;
      const form = { 'content-type': 'application/x-www-form-urlencoded' };

      const byGet = bundleOf(await everyone.get(`DocumentReference?${asked}`));
      const byPost = bundleOf(await everyone.post('DocumentReference/_search', asked, form));

      expect(idsOf(byGet)).to.deep.equal([filed.id]);
      expect(idsOf(byPost)).to.deep.equal([filed.id]);
    });
  }

  it('is not found under another status', async () => {
    const asked = `DocumentReference?status=superseded&patient=Patient/${patient.id!}`;

    expect(idsOf(bundleOf(await everyone.get(asked)))).to.deep.equal([]);
  });

  it('is retrieved by its address, as the bytes that were sent', async () => {
    const { url } = filed.content[0]!.attachment;

    const read = await lab.get(url!, { accept: '*/*' });

    expect(read.status).to.equal(200);
    expect(read.headers['content-type']).to.equal('text/plain');
    expect(read.text).to.equal(report.toString());
  });

  it('is neither found nor retrieved by another organization', async () => {
    const { url } = filed.content[0]!.attachment;

    const found = bundleOf(await stranger.get(`DocumentReference?patient=Patient/${patient.id!}`));

    expect(idsOf(found)).to.deep.equal([]);
    expect((await stranger.get(url!, { accept: '*/*' })).status).to.equal(404);
    expect((await stranger.get(`DocumentReference/${filed.id!}`)).status).to.equal(404);
  });

  it('is held with 202 and the address of the Task', async () => {
    const held = await lab.post(
      'DocumentReference',
      documentOf(number, { name: [{ family: 'Rao' }] }),
    );

    expect(held.status).to.equal(202);
    expect(held.headers.location).to.equal(
      `${server.base}/Task/${(resourceOf(held, 202) as { id?: string }).id!}`,
    );
    expect((await lab.get(held.headers.location!)).status).to.equal(200);
  });

  it('is filed with what was observed, when it is structured', async () => {
    const answer = await lab.post('', labBundle(number));

    expect(bundleOf(answer).type).to.equal('transaction-response');
  });

  it('is announced with its operations in the CapabilityStatement', async () => {
    const capabilities = resourceOf(await everyone.get('metadata')) as unknown as {
      rest: { resource: { type: string; operation?: { name: string }[] }[] }[];
    };
    const task = capabilities.rest[0]!.resource.find(({ type }) => type === 'Task')!;

    expect(task.operation!.map(({ name }) => name)).to.include.members([
      ...['file-upload', 'cancel-upload'],
    ]);
  });
});
