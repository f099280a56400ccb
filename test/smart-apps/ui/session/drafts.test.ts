import { expect } from 'chai';
import {
  claimDrafts,
  draftAt,
  dropDraft,
  isOfAnother,
  keepDraft,
  readDraft,
} from '../../../../smart-apps/ui/src/session/drafts.ts';
import { openTabStorage } from '../support/tab-storage.ts';

describe('drafts', () => {
  beforeEach(() => {
    globalThis.sessionStorage = openTabStorage();
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'sessionStorage');
  });

  it('are there until they are sent', () => {
    keepDraft('visit', { reason: 'A cough' });
    expect(readDraft('visit')).to.deep.equal({ reason: 'A cough' });

    dropDraft('visit');
    expect(readDraft('visit')).to.equal(undefined);
  });

  it('are still there when the same person signs in again', () => {
    claimDrafts('Patient/priya');
    keepDraft('visit', 'A cough');

    claimDrafts('Patient/priya');

    expect(readDraft('visit')).to.equal('A cough');
  });

  it('are gone when another person signs in to this tab, and nothing else is', () => {
    claimDrafts('Patient/priya');
    keepDraft('visit', 'A cough');
    sessionStorage.setItem('another key', 'kept');

    claimDrafts('Patient/rahul');

    expect(readDraft('visit')).to.equal(undefined);
    expect(sessionStorage.getItem('another key')).to.equal('kept');
  });

  it("tell a tab of one's own, or of nobody yet, from that of another person", () => {
    expect(isOfAnother('Patient/priya')).to.equal(false);
    claimDrafts('Patient/priya');

    expect(isOfAnother('Patient/priya')).to.equal(false);
    expect(isOfAnother('Patient/rahul')).to.equal(true);
    claimDrafts('Practitioner/iyer Organization/kaveri');
    expect(isOfAnother('Practitioner/iyer')).to.equal(false);
  });

  it('of another place are read there, and what was typed elsewhere is not taken along', () => {
    keepDraft('note of Kabir', 'A rash');
    const typed = { place: 'note of Priya', value: 'A cough' };

    expect(draftAt('note of Priya', '', typed)).to.equal(typed);
    expect(draftAt('note of Kabir', '', typed).value).to.equal('A rash');
    expect(draftAt('note of Arjun', '', typed).value).to.equal('');
  });

  it('that cannot be read any more are none', () => {
    sessionStorage.setItem('meridian:draft:visit', '{broken');

    expect(readDraft('visit')).to.equal(undefined);
  });

  it('do not stop anybody from typing where a tab has no room left', () => {
    globalThis.sessionStorage = openTabStorage(10);

    keepDraft('note', 'A text that is longer than ten letters');

    expect(readDraft('note')).to.equal(undefined);
  });
});
