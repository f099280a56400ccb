// The demonstration: each hospital's file is one valid transaction, and loaded as that hospital it is its custodian.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Bundle, Observation, ValueSet } from 'fhir/r4.js';
import {
  demonstrationSignIns,
  hasDemonstration,
  loadDemonstration,
} from '#src/administration/demonstration.ts';
import { bundleOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';
import { startServer, type TestServer } from '../support/server.ts';

const textOf = (hospital: string): string =>
  readFileSync(join(import.meta.dirname, `../../seed/demonstration/${hospital}.json`), 'utf8');
const hospitals = ['sahyadri', 'lakeside'].map((name) => ({ name, text: textOf(name) }));

const statuses = (response: Bundle): readonly string[] => [
  ...new Set((response.entry ?? []).map((entry) => entry.response?.status.slice(0, 3) ?? '')),
];

describe('seed/demonstration', () => {
  const server = liveServer();

  it('loads whole, and a second time doubles nothing', async () => {
    for (const { name, text } of hospitals) {
      const first = bundleOf(await server.post('', text));
      const second = bundleOf(await server.post('', text));

      expect(first.entry, name).to.have.length((JSON.parse(text) as Bundle).entry!.length);
      if (!server.foreign) expect(statuses(first), name).to.deep.equal(['201']);
      expect(statuses(second), name).to.deep.equal(['200']);
    }
  });

  it('shows a patient’s values over time', async () => {
    const found = bundleOf(
      await server.get('Observation?patient=priya-sharma&code=4548-4&_sort=date'),
    );

    expect(
      found.entry!.map(({ resource }) => (resource as Observation).valueQuantity!.value),
    ).to.deep.equal([8.9, 7.6, 6.8]);
  });

  it('names every reference it makes', () => {
    const all = hospitals.map(({ text }) => text).join();
    const names = new Set([...all.matchAll(/"url": "([A-Z]\w+\/[^"]+)"/g)].map(([, url]) => url!));
    const references = [...all.matchAll(/"reference": "([^"]+)"/g)].map(([, found]) => found!);

    expect(references.filter((reference) => !names.has(reference))).to.deep.equal([]);
    expect(references.length).to.be.greaterThan(100);
  });
});

describe('administration/demonstration', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    const { context, application, base } = server;
    await loadDemonstration({ context, base, administer: application.administer });
  });
  after(() => server.close());
  const custodianOf = async (type: string, id: string) =>
    (await server.context.store.resources.read([{ type, id }]))[0]?.custodian;

  it('gives each hospital what it wrote, also about a patient of the other', async () => {
    expect(await custodianOf('Observation', 'hba1c-priya-3')).to.equal('Organization/sahyadri');
    expect(await custodianOf('Observation', 'pulse-priya-lakeside')).to.equal(
      'Organization/lakeside',
    );
    expect(await custodianOf('Patient', 'kabir-das')).to.equal('Organization/lakeside');
  });

  it('lets medicines be found by the names people use', async () => {
    const url = 'https://meridian.example/ValueSet/medicines';
    const found = await fetch(`${server.base}/ValueSet/$expand?url=${url}&filter=co-amox`);

    const { expansion } = (await found.json()) as ValueSet;
    expect(expansion?.contains?.map(({ code }) => code)).to.deep.equal(['19711']);
  });

  it('makes a sign-in for each role that is shown', async () => {
    const { records } = server.context.store;
    const users = (await records.find('user', {})) as readonly { readonly role: string }[];

    expect(users.map(({ role }) => role).sort()).to.deep.equal([
      ...[
        'administrator',
        'clinician',
        'clinician',
        'clinician',
        'clinician',
        'desk',
        'desk',
        'patient',
        'proxy',
      ],
    ]);
    expect(await demonstrationSignIns()).to.have.length(users.length);
    for (const client of ['demo-patient-app', 'demo-clinician-app'])
      expect(await records.get('Client', client), client).to.not.equal(undefined);
    expect(await hasDemonstration(records)).to.equal(true);
  });

  it('loads once', async () => {
    const { context, application, base } = server;

    expect(await loadDemonstration({ context, base, administer: application.administer })).to.equal(
      false,
    );
  });
});
