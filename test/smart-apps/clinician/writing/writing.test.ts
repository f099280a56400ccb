// Writing: codes that are chosen while one types, and transactions.

import { expect } from 'chai';
import { failureOf } from '../../../../smart-apps/ui/src/fhir/failure.ts';
import { choose, conceptOf } from '../../../../smart-apps/clinician/src/writing/chosen.ts';
import { expand } from '../../../../smart-apps/clinician/src/writing/expand.ts';
import { transact } from '../../../../smart-apps/clinician/src/writing/transaction.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

describe('a code that is searched for', () => {
  const amoxicillin = { system: 's', code: '723', display: 'Amoxicillin' };

  it('is meant by its name, in whatever letters', () => {
    expect(choose(' amoxicillin', [amoxicillin]).coding).to.equal(amoxicillin);
  });

  it('is not meant by a part of its name: that stays in words', () => {
    expect(conceptOf(choose('amoxi', [amoxicillin]))).to.deep.equal({ text: 'amoxi' });
  });

  for (const status of [404, 422])
    it(`is nothing where the server knows no such list (${String(status)})`, async () => {
      const { fhir } = recordingFhir(() => {
        throw failureOf(status, undefined);
      });

      expect(await expand(fhir, { catalogue: 'medicines', filter: 'a' })).to.deep.equal([]);
    });

  it('is not silently nothing when the server cannot be reached', async () => {
    const { fhir } = recordingFhir(() => {
      throw failureOf(503, undefined);
    });

    const failed = await expand(fhir, { catalogue: 'medicines', filter: 'a' }).catch(
      (error: unknown) => (error as { readonly kind: string }).kind,
    );
    expect(failed).to.equal('busy');
  });
});

describe('a transaction', () => {
  it('answers where everything went, in order', async () => {
    const location = (path: string) => ({ response: { status: '201', location: path } });
    const { fhir, asked } = recordingFhir(() => ({
      resourceType: 'Bundle',
      entry: [
        location('https://records.example/fhir/MedicationRequest/1/_history/1'),
        location('DetectedIssue/2'),
      ],
    }));

    expect(await transact(fhir, [])).to.deep.equal(['MedicationRequest/1', 'DetectedIssue/2']);
    expect(asked[0]?.body).to.include({ type: 'transaction' });
  });
});
