// Free times: page after page.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import { findFreeTimes } from '../../../../smart-apps/ui/src/fhir/free-times.ts';
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

describe('free times', () => {
  it('are all of a span, and each once, however many pages they fill', async () => {
    const [early, noon, late] = [at('a', '09:00'), at('b', '12:00'), at('c', '17:00')];
    const { fhir, asked } = serve([
      [early, noon],
      [noon, late],
    ]);

    expect(await findFreeTimes(fhir, span, { organization: 'Organization/o' })).to.deep.equal([
      ...[early, noon, late],
    ]);
    expect(asked[1]?.path).to.contain('start=2026-11-23T12%3A00%3A00.000Z');
    expect(asked[1]?.path).to.contain('organization=Organization%2Fo');
  });

  it('go on after a page that is of one moment alone', async () => {
    const { fhir, asked } = serve([[at('a', '09:00'), at('b', '09:00')], [at('c', '10:00')]]);

    expect(await findFreeTimes(fhir, span, {})).to.have.length(3);
    expect(asked[1]?.path).to.contain('start=2026-11-23T09%3A01%3A00.000Z');
  });

  it('are asked for once where the first page is all', async () => {
    const { fhir, asked } = serve([[]]);

    expect(await findFreeTimes(fhir, span, {})).to.have.length(0);
    expect(asked).to.have.length(1);
  });
});
