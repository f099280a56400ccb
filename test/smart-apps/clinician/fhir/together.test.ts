// Reads that go to the server together.

import { expect } from 'chai';
import type { Bundle, BundleEntry } from 'fhir/r4.js';
import { togetherOf } from '../../../../smart-apps/clinician/src/fhir/together.ts';
import { FhirFailure, kindOf } from '../../../../smart-apps/ui/src/fhir/failure.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const found = (url: string): BundleEntry => ({
  resource: { resourceType: 'Basic', id: url, code: {} } as never,
  response: { status: '200 OK' },
});
const answering = (entry: (url: string) => BundleEntry) =>
  recordingFhir(({ body }) => ({
    ...{ resourceType: 'Bundle', type: 'batch-response' },
    entry: (body as Bundle).entry!.map(({ request }) => entry(request!.url)),
  }));

describe('reads together', () => {
  it('are one batch when they begin at the same moment, and each gets its own answer', async () => {
    const { fhir, asked } = answering(found);
    const read = togetherOf(fhir);

    const answers = await Promise.all([read('Basic/1'), read('Basic/2')]);

    expect(answers.map(({ id }) => id)).to.deep.equal(['Basic/1', 'Basic/2']);
    expect(asked.map(({ method, path }) => [method, path])).to.deep.equal([['POST', fhir.base]]);
    expect((asked[0]!.body as Bundle).entry!.map(({ request }) => request)).to.deep.equal([
      { method: 'GET', url: 'Basic/1' },
      { method: 'GET', url: 'Basic/2' },
    ]);
  });

  it('are another batch when they begin later', async () => {
    const { fhir, asked } = answering(found);

    await togetherOf(fhir)('Basic/1');
    await togetherOf(fhir)('Basic/2');

    expect(asked).to.have.length(2);
  });

  it('fail one by one: what is hidden hides nothing else', async () => {
    const { fhir } = answering((url) =>
      url === 'Basic/2' ? { response: { status: '404 Not Found' } } : found(url),
    );
    const read = togetherOf(fhir);

    const [one, two] = await Promise.allSettled([read('Basic/1'), read('Basic/2')]);

    expect(one.status).to.equal('fulfilled');
    expect(two.status === 'rejected' && kindOf(two.reason)).to.equal('missing');
  });

  it('all fail with the batch', async () => {
    const { fhir } = recordingFhir(() => {
      throw new FhirFailure('network', 0);
    });
    const read = togetherOf(fhir);

    const settled = await Promise.allSettled([read('Basic/1'), read('Basic/2')]);

    expect(settled.map((each) => each.status === 'rejected' && kindOf(each.reason))).to.deep.equal([
      ...['network', 'network'],
    ]);
  });
});
