import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Attachment, DocumentReference } from 'fhir/r4';
import {
  attachmentOf,
  fileNameOf,
  showingOf,
} from '../../../../smart-apps/ui/src/document/attachment.ts';
import { checkDigest } from '../../../../smart-apps/ui/src/document/digest.ts';
import { blobOfBase64 } from '../../../../smart-apps/ui/src/document/inline.ts';

const documentOf = (...attachments: readonly Attachment[]): DocumentReference => ({
  ...{ resourceType: 'DocumentReference', status: 'current' },
  content: attachments.map((attachment) => ({ attachment })),
});

describe('the file of a document', () => {
  it('is the first form that can be shown, or else the first', () => {
    const word = { contentType: 'application/msword', url: 'Binary/1' };
    const pdf = { contentType: 'application/pdf', url: 'Binary/2' };

    expect(attachmentOf(documentOf(word, pdf))).to.deep.equal(pdf);
    expect(attachmentOf(documentOf(word))).to.deep.equal(word);
    expect(attachmentOf(documentOf())).to.equal(undefined);
  });

  for (const [type, showing] of [
    ['application/pdf', 'pdf'],
    ['image/jpeg', 'image'],
    ['IMAGE/PNG', 'image'],
    ['text/plain; charset=utf-8', 'text'],
    ['text/html', 'none'],
    ['image/svg+xml', 'none'],
    ['application/xhtml+xml', 'none'],
    ['image/dicom', 'none'],
    [undefined, 'none'],
  ] as const)
    it(`of the type ${type ?? 'nobody knows'} is shown as ${showing}`, () => {
      expect(showingOf(type)).to.equal(showing);
    });

  for (const [attachment, name] of [
    [{ title: 'Report', contentType: 'application/pdf' }, 'Report.pdf'],
    [{ title: 'scan.PDF', contentType: 'application/pdf' }, 'scan.PDF'],
    [{ title: 'a/b:c', contentType: 'text/plain' }, 'a b c.txt'],
    [{ title: '../../etc/passwd' }, '.. .. etc passwd'],
    [{ contentType: 'image/png' }, 'Discharge summary.png'],
    [{ title: '///' }, 'document'],
  ] as const)
    it(`is saved under the name ${name}`, () => {
      expect(fileNameOf(attachment, 'Discharge summary')).to.equal(name);
    });
});

describe('the check sum of a document', () => {
  const bytes = new TextEncoder().encode('A report.');
  const sum = createHash('sha1').update(bytes).digest();

  for (const [hash, said] of [
    [sum.toString('base64'), 'match'],
    [sum.toString('hex').toUpperCase(), 'match'],
    [createHash('sha1').update('Another report.').digest('base64'), 'mismatch'],
    ['', 'mismatch'],
    [undefined, 'not said'],
  ] as const)
    it(`${hash ?? 'where there is none'} is a ${said}`, async () => {
      const attachment = hash === undefined ? {} : { hash };

      expect(await checkDigest(attachment, bytes.buffer)).to.equal(said);
    });
});

describe('a file inside a document', () => {
  it('has the bytes that were written into it', async () => {
    const blob = blobOfBase64('QSBy\nZXBvcnQu', 'text/plain');

    expect(await blob.text()).to.equal('A report.');
    expect(blob.type).to.equal('text/plain');
  });
});
