import { expect } from 'chai';
import { attachmentKey, identityOf } from '../../../../smart-apps/ui/src/document/identity.ts';

describe('the bytes of a document', () => {
  it('are never taken for those of another that carries its own, too', () => {
    const report = { contentType: 'text/plain', data: 'QXNoYQ==' };
    const another = { contentType: 'text/plain', data: 'QmVu' };

    expect(attachmentKey(report)).to.deep.equal(attachmentKey(report));
    expect(attachmentKey(report)).not.to.deep.equal(attachmentKey(another));
    expect(attachmentKey(report)).not.to.deep.equal(attachmentKey({ ...report }));
  });

  it('are those of their address, however often it is read', () => {
    const asked = () => attachmentKey({ url: 'Binary/1', hash: 'h' });

    expect(asked()).to.deep.equal(asked());
    expect(asked()).not.to.deep.equal(attachmentKey({ url: 'Binary/2', hash: 'h' }));
  });

  it('are told apart also where name and size are the same', () => {
    const [one, other] = [new Blob(['a']), new Blob(['b'])];

    expect(identityOf(one)).to.equal(identityOf(one)).and.not.to.equal(identityOf(other));
  });
});
