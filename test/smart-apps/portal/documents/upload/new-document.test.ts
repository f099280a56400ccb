// A file of one's own as a document of the record.

import { expect } from 'chai';
import {
  documentOf,
  faultOf,
  onceOnly,
} from '../../../../../smart-apps/portal/src/documents/upload/new-document.ts';
import {
  conceptOf,
  documentKinds,
  typeFilter,
} from '../../../../../smart-apps/portal/src/documents/document-kinds.ts';

const filed = {
  ...{ patient: 'priya', by: 'Patient/priya', at: new Date('2026-11-21T10:00:00Z') },
  ...{ uuid: 'u', contentType: 'image/png', size: 3, hash: 'aGFzaA==', url: 'Binary/b' },
};
const said = { title: ' X-ray ', kind: 'imaging', date: '2025-03-02' } as const;

describe('a document of one’s own', () => {
  it('names its patient, its author and its bytes with their digest', () => {
    const { subject, author, content } = documentOf(said, filed);

    expect(subject).to.deep.equal({ reference: 'Patient/priya' });
    expect(author).to.deep.equal([{ reference: 'Patient/priya' }]);
    expect(content[0]!.attachment).to.deep.equal({
      ...{ contentType: 'image/png', url: 'Binary/b', size: 3, hash: 'aGFzaA==' },
      ...{ title: 'X-ray', creation: '2025-03-02' },
    });
  });

  it('says nothing of a day where there is none on the paper', () => {
    const { content, context } = documentOf({ ...said, date: '' }, filed);

    expect(content[0]!.attachment).not.to.have.property('creation');
    expect(context).to.equal(undefined);
  });

  it('is filed once, by the number that its file was given', () => {
    const { masterIdentifier } = documentOf(said, filed);

    expect(decodeURIComponent(onceOnly('u'))).to.equal(
      `identifier=${masterIdentifier!.system!}|${masterIdentifier!.value!}`,
    );
  });

  it('is not sent without a file, with an empty one, without a title or of a day to come', () => {
    const today = '2026-11-21';

    expect(faultOf(said, undefined, today)).to.equal('noFile');
    expect(faultOf(said, { size: 0 }, today)).to.equal('empty');
    expect(faultOf({ ...said, title: ' ' }, { size: 1 }, today)).to.equal('noTitle');
    expect(faultOf({ ...said, date: '2026-11-22' }, { size: 1 }, today)).to.equal('future');
    expect(faultOf(said, { size: 1 }, today)).to.equal(undefined);
  });

  it('is found again by its kind', () => {
    const found = documentKinds
      .filter((kind) => kind !== 'other')
      .filter((kind) =>
        typeFilter(kind)['type']!.includes(`|${conceptOf(kind).coding![0]!.code!}`),
      );

    expect(found).to.deep.equal(documentKinds.filter((kind) => kind !== 'other'));
    expect(typeFilter('other')['type:not']).not.to.include(conceptOf('other').coding![0]!.code);
  });
});
