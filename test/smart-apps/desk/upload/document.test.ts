// What is told of a report.

import { expect } from 'chai';
import { drawNumber } from '#src/health-id/number.ts';
import { contentTypeOf, documentOf } from '../../../../smart-apps/desk/src/upload/document.ts';
import { noWords } from '../../../../smart-apps/desk/src/upload/row.ts';

const uhid = drawNumber();
const report = {
  ...{ title: 'ECG', addedAt: '2026-11-21T10:00:00Z', binary: 'Binary/1' },
  ...{ contentType: 'application/pdf', size: 7, system: 'urn:oid:1.2.36.146' },
};

describe('the document of a report', () => {
  it('names the patient by health ID alone, and says who is meant', () => {
    const typed = `${uhid.slice(0, 2)}-${uhid.slice(2)}`;
    const document = documentOf(report, { ...noWords, uhid: typed, family: ' Rao ' });

    expect(document.subject).to.deep.equal({
      identifier: { system: 'urn:oid:1.2.36.146', value: uhid },
    });
    expect(document.contained).to.deep.equal([
      { resourceType: 'Patient', id: 'patient', name: [{ family: 'Rao' }] },
    ]);
    expect(document.type).to.equal(undefined);
  });

  it('says kind and day where they were said', () => {
    const words = { ...noWords, uhid, birthDate: '1980-02-03', kind: 'ecg', date: '2026-11-20' };
    const document = documentOf(report, words as never);

    expect(document.type?.coding?.[0]?.code).to.equal('11524-6');
    expect(document.context?.period?.start).to.equal('2026-11-20');
    expect(document.content[0]?.attachment).to.deep.equal({
      ...{ contentType: 'application/pdf', url: 'Binary/1', size: 7, title: 'ECG' },
      creation: '2026-11-20',
    });
  });

  it('knows what a file is by its name where the browser does not', () => {
    expect(contentTypeOf({ name: 'a.DCM', type: '' })).to.equal('application/dicom');
    expect(contentTypeOf({ name: 'a', type: '' })).to.equal('application/octet-stream');
    expect(contentTypeOf({ name: 'a.pdf', type: 'image/png' })).to.equal('image/png');
  });
});
