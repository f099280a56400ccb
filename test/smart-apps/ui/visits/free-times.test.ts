// Free times: page after page.

import { expect } from 'chai';
import type { Appointment, Parameters } from 'fhir/r4.js';
import { byDay, findAllTimes, findTimes } from '../../../../smart-apps/ui/src/visits/free-times.ts';
import type { Ask } from '../../../../smart-apps/ui/src/fhir/client.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const span = { start: '2026-11-23T00:00:00.000Z', end: '2026-11-24T00:00:00.000Z' };
const at = (id: string, hour: string): Appointment => ({
  ...{ resourceType: 'Appointment', id, status: 'proposed', participant: [] },
  start: `2026-11-23T${hour}:00+00:00`,
});
const serve = (pages: readonly (readonly Appointment[])[]) => {
  const left = [...pages];
  return recordingFhir(() => {
    const page = left.shift() ?? [];
    return {
      ...{ resourceType: 'Bundle', type: 'searchset' },
      ...(left.length === 0 ? { total: page.length } : {}),
      entry: page.map((resource) => ({ resource, search: { mode: 'match' } })),
    };
  });
};

const namedIn = (ask: Ask | undefined, name: string): readonly unknown[] =>
  ((ask?.body as Parameters).parameter ?? [])
    .filter((parameter) => parameter.name === name)
    .map(({ valueString, valueDateTime, valueCode }) => valueString ?? valueDateTime ?? valueCode);

describe('free times', () => {
  it('are all of a span, and each once, however many pages they fill', async () => {
    const [early, noon, late] = [at('a', '09:00'), at('b', '12:00'), at('c', '17:00')];
    const { fhir, asked } = serve([
      [early, noon],
      [noon, late],
    ]);

    expect(await findAllTimes(fhir, { organization: 'Organization/o' }, span)).to.deep.equal([
      ...[early, noon, late],
    ]);
    expect(namedIn(asked[1], 'start')).to.deep.equal(['2026-11-23T12:00:00.000Z']);
    expect(namedIn(asked[1], 'organization')).to.deep.equal(['Organization/o']);
  });

  it('go on after a page that is of one moment alone', async () => {
    const { fhir, asked } = serve([[at('a', '09:00'), at('b', '09:00')], [at('c', '10:00')]]);

    expect(await findAllTimes(fhir, {}, span)).to.have.length(3);
    expect(namedIn(asked[1], 'start')).to.deep.equal(['2026-11-23T09:01:00.000Z']);
  });

  it('are asked for once where the first page is all', async () => {
    const { fhir, asked } = serve([[]]);

    expect(await findAllTimes(fhir, {}, span)).to.have.length(0);
    expect(asked).to.have.length(1);
  });

  it('are those of any of the actors that are named, in the way that is wanted', async () => {
    const { fhir, asked } = serve([[]]);
    const actors = ['Practitioner/a', 'HealthcareService/b'];

    await findTimes(fhir, { actors, schedule: 's', mode: 'video' }, span, 100);

    expect(namedIn(asked[0], 'practitioner')).to.deep.equal(actors);
    expect(namedIn(asked[0], 'schedule')).to.deep.equal(['s']);
    expect(namedIn(asked[0], 'mode')).to.deep.equal(['video']);
  });

  it('are in either way, and of anybody, where nothing is wanted', async () => {
    const { fhir, asked } = serve([[]]);

    await findTimes(fhir, { mode: '' }, span, 100);

    expect(
      ['practitioner', 'schedule', 'mode'].map((name) => namedIn(asked[0], name)),
    ).to.deep.equal([...[[], [], []]]);
  });

  it('are of days where the visit takes place, wherever the screen is', () => {
    const [early, late] = [
      { ...at('a', '00:10'), start: '2026-11-30T00:10:00+05:30' },
      { ...at('b', '23:50'), start: '2026-11-30T23:50:00+05:30' },
    ];

    expect(byDay([early, late]).map(({ times }) => times.length)).to.deep.equal([2]);
  });
});
