// The demonstration is one valid transaction that may be posted again without doubling anything.
// https://hl7.org/fhir/R4/http.html#ccreate

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Bundle, Observation } from 'fhir/r4.js';
import { bundleOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';

const text = readFileSync(join(import.meta.dirname, '../../seed/demonstration.json'), 'utf8');
const demonstration = JSON.parse(text) as Bundle;

const statuses = (response: Bundle): readonly string[] => [
  ...new Set((response.entry ?? []).map((entry) => entry.response?.status.slice(0, 3) ?? '')),
];

describe('seed/demonstration.json', () => {
  const server = liveServer();

  it('loads whole, and a second time changes nothing', async () => {
    const first = bundleOf(await server.post('', text));
    const second = bundleOf(await server.post('', text));

    expect(first.entry).to.have.length(demonstration.entry!.length);
    if (!server.foreign) expect(statuses(first)).to.deep.equal(['201']);
    expect(statuses(second)).to.deep.equal(['200']);
  });

  it('shows a patient’s values over time', async () => {
    const found = bundleOf(
      await server.get(
        'Observation?patient.identifier=https://meridian.example/demonstration%7Cpriya-sharma&code=4548-4&_sort=date',
      ),
    );

    expect(
      found.entry!.map(({ resource }) => (resource as Observation).valueQuantity!.value),
    ).to.deep.equal([8.9, 7.6, 6.8]);
  });

  it('names every reference it makes', () => {
    const names = new Set(demonstration.entry!.map(({ fullUrl }) => fullUrl));
    const references = [...text.matchAll(/"reference": "([^"]+)"/g)].map(
      ([, reference]) => reference!,
    );

    expect(references.filter((reference) => !names.has(reference))).to.deep.equal([]);
    expect(references.length).to.be.greaterThan(100);
  });
});
