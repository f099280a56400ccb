// Times of a follow-up.

import { expect } from 'chai';
import type { Parameters } from 'fhir/r4.js';
import { findWeek } from '../../../../smart-apps/clinician/src/follow-up/times.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const asked = async (practitioner: string, from: string) => {
  const { fhir, asked: all } = recordingFhir(() => ({ resourceType: 'Bundle', type: 'searchset' }));
  const now = Date.parse('2026-11-21T12:00:00Z');
  await findWeek(
    fhir,
    { practitioner, from, organization: 'Organization/o', timeZone: 'Asia/Kolkata' },
    now,
  );
  const { parameter = [] } = all[0]!.body as Parameters;
  const said = parameter.map(({ name, valueDateTime, valueString }) => [
    ...[name, valueDateTime ?? valueString],
  ]);
  return Object.fromEntries(said) as Readonly<Record<string, string | undefined>>;
};

describe('the times of a follow-up', () => {
  it('are of a week that begins with the day where the hospital is', async () => {
    const { start, end, practitioner } = await asked('Practitioner/d', '2026-11-28');

    expect({ start, end, practitioner }).to.deep.equal({
      ...{ start: '2026-11-27T18:30:00.000Z', end: '2026-12-04T18:30:00.000Z' },
      practitioner: 'Practitioner/d',
    });
  });

  it('are never over, also when the day that is looked at has begun', async () => {
    const { start, practitioner } = await asked('', '2026-11-20');

    expect(start).to.equal('2026-11-21T12:00:00.000Z');
    expect(practitioner).to.equal(undefined);
  });
});
