// A summary for another hospital holds what the patient's Consent opens, nothing sensitive unless it is named, on every engine.

import { expect } from 'chai';
import type { Bundle, Composition } from 'fhir/r4.js';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import {
  caller,
  consent,
  hospitals,
  label,
  load,
  to,
  type Given,
} from '#test/sharing/support/world.ts';
import { openInside, type Inside } from '#test/support/rights.ts';

const pulse = (id: string, code: string, more: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', subject: to('Patient/x') },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  category: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/observation-category',
          code: 'vital-signs',
        },
      ],
    },
  ],
  ...more,
});

for (const engine of engines)
  describe(`summaries of shared records on ${engine.name}`, function () {
    this.timeout(120_000);
    let opened: Opened;
    let inside: Inside;
    before(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      await load(inside);
      for (const body of [
        pulse('rate', '8867-4'),
        pulse('secret-rate', '9279-1', { meta: { security: [label.restricted] } }),
      ]) {
        const put = await inside.by(hospitals.a)('PUT', `Observation/${body.id}`, { body });
        expect(put.status, put.text).to.equal(201);
      }
    });
    after(() => opened.close());

    const give = async (given: Given): Promise<void> => {
      const body = { ...consent({ type: 'permit', to: [hospitals.b], ...given }), id: 'shared' };
      const { status, text } = await inside.by('Patient/x')('PUT', 'Consent/shared', { body });
      expect(status, text).to.be.oneOf([200, 201]);
    };
    const ask = () => inside.as(caller())('GET', 'Patient/x/$summary');
    const summary = async (): Promise<Bundle> => {
      const { status, text, json } = await ask();
      expect(status, text).to.equal(200);
      return json as Bundle;
    };
    const keysOf = ({ entry = [] }: Bundle) =>
      entry.map(({ resource }) => `${resource!.resourceType}/${resource!.id!}`);

    it('are not there without a Consent', async () => {
      expect((await ask()).status).to.equal(404);
    });

    it('hold the kinds that are shared', async () => {
      await give({ kinds: ['conditions'] });

      const keys = keysOf(await summary());

      expect(keys).to.include('Condition/ill');
      expect(keys).not.to.include('MedicationRequest/pill');
      expect(keys).not.to.include('Observation/rate');
    });

    it('hold all but what is sensitive when everything is shared', async () => {
      await give({});

      const bundle = await summary();

      expect(keysOf(bundle)).to.include.members([
        ...['Condition/ill', 'MedicationRequest/pill', 'Observation/rate'],
      ]);
      expect(JSON.stringify(bundle)).not.to.include('secret');
      expect((bundle.entry![0]!.resource as Composition).confidentiality).to.equal('N');
    });

    it('hold what is sensitive when it is named, and say that they do', async () => {
      await give({ labels: [label.restricted] });

      const bundle = await summary();

      expect(keysOf(bundle)).to.include('Observation/secret-rate');
      expect((bundle.entry![0]!.resource as Composition).confidentiality).to.equal('R');
    });

    it('are gone as soon as the Consent is revoked', async () => {
      await give({ status: 'inactive' });

      expect((await ask()).status).to.equal(404);
    });
  });
