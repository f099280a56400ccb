// A prescription as a transaction, and what is wrong with it before it is one.

import { expect } from 'chai';
import type { DetectedIssue, MedicationRequest } from 'fhir/r4.js';
import { changed, newDraft } from '../../../../smart-apps/clinician/src/prescribe/draft.ts';
import { faultsOf } from '../../../../smart-apps/clinician/src/prescribe/faults.ts';
import { newLine, type Line } from '../../../../smart-apps/clinician/src/prescribe/line.ts';
import { entriesOf } from '../../../../smart-apps/clinician/src/prescribe/request.ts';
import type { Warning } from '../../../../smart-apps/clinician/src/prescribe/warnings.ts';

const key = '6f1c1d3e-0000-4000-8000-000000000001';
const line = (more: Partial<Line> = {}): Line => ({
  ...newLine(key),
  ...{ medicine: { text: 'Amoxicillin' }, strength: '500 mg capsule' },
  ...more,
});
const words = { t: (key: string) => key, dosage: { language: 'en', t: (key: string) => key } };
const prescribed = {
  ...{ patient: 'p', encounter: 'e', requester: { reference: 'Practitioner/d' } },
  ...{ at: '2026-11-21T10:00:00.000Z', group: key },
};
const allergy: Warning = {
  ...{ kind: 'allergy', match: 'class' },
  allergy: { resourceType: 'AllergyIntolerance', id: 'a', patient: {}, criticality: 'high' },
};

describe('a prescription', () => {
  it('is one order for each medicine, created once however often it is sent', () => {
    const other = line({ key: key.replace(/1$/, '2') });
    const lines = [line(), other].map((each) => ({ line: each, words, warnings: [] }));
    const entries = entriesOf(lines, prescribed);

    expect(entries.map(({ request }) => request?.url)).to.deep.equal([
      ...['MedicationRequest', 'MedicationRequest'],
    ]);
    expect(new Set(entries.map(({ request }) => request?.ifNoneExist)).size).to.equal(2);
    expect(entries[0]?.resource).to.deep.include({
      ...{ status: 'active', intent: 'order', subject: { reference: 'Patient/p' } },
      medicationCodeableConcept: { text: 'Amoxicillin 500 mg capsule' },
      encounter: { reference: 'Encounter/e' },
    });
  });

  it('keeps what warned with the reason why it was prescribed nevertheless', () => {
    const overridden = line({ override: ' Borne well twice ' });
    const [order, issue] = entriesOf(
      [{ line: overridden, words, warnings: [allergy] }],
      prescribed,
    );

    const { detectedIssue } = order!.resource as MedicationRequest;
    const { severity, implicated, mitigation } = issue!.resource as DetectedIssue;
    expect(detectedIssue).to.deep.equal([{ reference: issue!.fullUrl }]);
    expect(severity).to.equal('high');
    expect(implicated).to.deep.equal([
      ...[{ reference: order!.fullUrl }, { reference: 'AllergyIntolerance/a' }],
    ]);
    expect(mitigation?.[0]?.action.text).to.equal('Borne well twice');
    expect(issue!.fullUrl).to.not.equal(order!.fullUrl);
  });

  it('of what must not be given keeps that it was noted so', () => {
    const forbidden: Warning = {
      kind: 'forbidden',
      request: {
        ...{ resourceType: 'MedicationRequest', id: 'f', status: 'active', intent: 'order' },
        ...{ subject: {}, doNotPerform: true },
      },
    };
    const [, issue] = entriesOf([{ line: line(), words, warnings: [forbidden] }], prescribed);

    const { severity, code, implicated } = issue!.resource as DetectedIssue;
    expect({ severity, code }).to.deep.equal({
      ...{ severity: 'high', code: { text: 'Noted not to be given' } },
    });
    expect(implicated?.[1]).to.deep.equal({ reference: 'MedicationRequest/f' });
  });

  it('that was changed is not taken for the one that was sent before', () => {
    const draft = newDraft(() => key);

    const next = changed(draft, { place: 0, line: { ...draft.lines[0]!, dose: '2' } }, () => 'new');

    expect(next.lines).to.deep.equal([{ ...draft.lines[0]!, dose: '2', key: 'new' }]);
  });

  for (const [fields, mustOverride, fields2] of [
    [{}, false, []],
    [{ medicine: { text: ' ' } }, false, ['medicine']],
    [{ dose: 'one' }, false, ['dose']],
    [{ dose: '0' }, false, ['dose']],
    [{ dose: '60,000', unit: 'unit' }, false, ['dose']],
    [{ dose: '1.000' }, false, ['dose']],
    [{ dose: '1e3' }, false, ['dose']],
    [{ dose: '0x10' }, false, ['dose']],
    [{ dose: '1/2' }, false, []],
    [{ dose: '0.125', unit: 'mg' }, false, []],
    [{ dose: '0,0625', unit: 'mg' }, false, []],
    [{ rhythm: 'parts', morning: '1/3', noon: '0', night: '1' }, false, ['morning']],
    [{ rhythm: 'parts', morning: '-1', noon: 'x', night: '1' }, false, ['morning', 'noon']],
    [{ rhythm: 'parts', morning: '1', noon: '', night: '10001' }, false, ['night']],
    [{ rhythm: 'parts', morning: '1/2', noon: ' ', night: '½' }, false, []],
    [{ rhythm: 'hours', hours: '0' }, false, ['hours']],
    [{ rhythm: 'parts', morning: '0', noon: '', night: '0' }, false, ['morning']],
    [{ rhythm: 'free', dose: '' }, false, ['instruction']],
    [{ duration: '-3' }, false, ['duration']],
    [{ repeats: '1.5' }, false, ['repeats']],
    [{}, true, ['override']],
    [{ override: 'Borne well' }, true, []],
  ] as const)
    it(`with ${JSON.stringify(fields)}${mustOverride ? ' and a warning' : ''} lacks ${JSON.stringify(fields2)}`, () => {
      const faults = faultsOf(line(fields), mustOverride);

      expect(faults.map(({ field }) => field)).to.deep.equal(fields2);
    });
});
