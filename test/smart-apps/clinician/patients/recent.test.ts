import { expect } from 'chai';
import {
  recentPatients,
  rememberPatient,
} from '../../../../smart-apps/clinician/src/patients/recent.ts';
import { claimDrafts } from '../../../../smart-apps/ui/src/session/drafts.ts';
import { openTabStorage } from '../../ui/support/tab-storage.ts';

describe('recent patients', () => {
  beforeEach(() => {
    globalThis.sessionStorage = openTabStorage();
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'sessionStorage');
  });

  it('are the last eight, each once, the newest first', () => {
    for (let n = 0; n < 10; n += 1) rememberPatient(String(n));
    rememberPatient('5');

    expect(recentPatients()).to.deep.equal(['5', '9', '8', '7', '6', '4', '3', '2']);
  });

  it('are there when the same person signs in again, and not for somebody else', () => {
    claimDrafts('Practitioner/asha');
    rememberPatient('priya');

    claimDrafts('Practitioner/asha');
    expect(recentPatients()).to.deep.equal(['priya']);

    claimDrafts('Practitioner/iyer');
    expect(recentPatients()).to.deep.equal([]);
  });
});
