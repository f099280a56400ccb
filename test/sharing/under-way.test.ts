// What was begun while a Consent stood does not go on after it: further pages of searches, histories and records.

import { expect } from 'chai';
import type { Bundle } from 'fhir/r4.js';
import { describeOnEngines, type Opened } from '#test/contract/support/engines.ts';
import { base, openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';
import { caller, consent, hospitals, load, type Given } from './support/world.ts';

const permit: Given = { type: 'permit', to: [hospitals.b] };

describeOnEngines('what was begun before a revocation', (engine) => {
  let opened: Opened;
  let inside: Inside;
  let send: Send;
  const give = async (given: Given): Promise<void> => {
    const body = { ...consent(given), id: 'given' };
    const { status, text } = await inside.by('Patient/x')('PUT', 'Consent/given', { body });
    expect(status, text).to.be.oneOf([200, 201]);
  };
  const nextOf = ({ json }: Answered): string => {
    const { link = [] } = json as Bundle;
    return link
      .find(({ relation }) => relation === 'next')!
      .url.slice(base.length)
      .replace(/^\//, '');
  };
  const patientsWords = /Xu|"Patient\/x"|"id":"(?:lab|old|pulse|of-c|doc2?|ill|pill)"/;

  beforeEach(async () => {
    opened = await engine.open();
    inside = openInside(opened.store);
    send = inside.as(caller());
    await load(inside);
    await give(permit);
  });
  afterEach(() => opened.close());

  for (const address of [
    'Observation?_count=1',
    'Observation?_count=1&_include=Observation:subject',
    '?_type=Observation,Condition&_count=1',
    'Patient/x/Observation?_count=1',
    'Observation/_history?_count=1',
    'Patient/x/$everything?_count=2',
  ])
    it(`shows nothing on the next page of ${address}`, async () => {
      const next = nextOf(await send('GET', address));
      const still = await send('GET', next);
      await give({ ...permit, status: 'inactive' });
      const over = await send('GET', next);

      expect(still.keys.length).to.be.at.least(1);
      expect(still.text).to.match(patientsWords);
      expect(over.status).to.be.oneOf([200, 404]);
      expect(over.keys).to.deep.equal([]);
      expect(over.text.replaceAll(base, '')).not.to.match(/Xu|"reference":"Patient\/x"/);
    });

  it('tells no number of what there was', async () => {
    const before = (await send('GET', 'Observation?_summary=count')).json as Bundle;
    await give({ ...permit, status: 'inactive' });
    const after = (await send('GET', 'Observation?_summary=count')).json as Bundle;

    expect([before.total! > 0, after.total]).to.deep.equal([true, 0]);
  });

  it('ends with a denial beside the Consent as well', async () => {
    const next = nextOf(await send('GET', 'Observation?_count=1'));
    const body = { ...consent({ type: 'deny', to: [hospitals.b] }), id: 'denial' };
    await inside.by('Patient/x')('PUT', 'Consent/denial', { body });
    const over = await send('GET', next);

    expect([over.status, over.keys]).to.deep.equal([200, []]);
  });
});
