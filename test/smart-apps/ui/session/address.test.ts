import { expect } from 'chai';
import {
  placeIn,
  readAddress,
  withoutOrders,
} from '../../../../smart-apps/ui/src/session/address.ts';

const home = 'https://records.example/apps/portal/';

const opened = (rest: string) => readAddress(home + rest, home, (state) => state === 's');
const seen = (rest: string) => withoutOrders(home + rest, opened(rest)).slice(home.length);

describe('the address an app is opened at', () => {
  it('is a launch by the EHR only at the app’s own address of launches', () => {
    expect(opened('launch?iss=https://records.example/fhir&launch=1')).to.deep.equal({
      by: 'ehr',
      iss: 'https://records.example/fhir',
    });
    expect(opened('patients/1/launch?iss=x')).to.deep.equal({ by: 'person' });
  });

  it('is a sign-in that comes back with a code, or with the reason why not', () => {
    expect(opened('?code=c&state=s')).to.deep.equal({ by: 'sign-in' });
    expect(opened('?error=access_denied&error_description=No.&state=s')).to.deep.equal({
      by: 'refusal',
      reason: 'No.',
    });
    expect(opened('?error=access_denied&state=s')).to.deep.equal({
      by: 'refusal',
      reason: 'access_denied',
    });
  });

  it('lets no link put words into the app: a refusal answers what this tab has asked', () => {
    const words = '?error=x&error_description=Call+this+number';

    for (const link of [words, `${words}&state=`, `${words}&state=another`]) {
      expect(opened(link)).to.deep.equal({ by: 'person' });
      expect(seen(link)).to.equal('');
    }
  });

  it('does not let a link choose the server, the app or the patient', () => {
    const link = '?iss=https://evil.example/fhir&fhirServiceUrl=x&clientId=y&patientId=z&launch=l';

    expect(seen(link)).to.equal('');
    expect(seen(`visits${link}&specialty=heart`)).to.equal('visits?specialty=heart');
    expect(seen('launch?iss=a&launch=b&clientId=c&patientId=d')).to.equal('launch?iss=a&launch=b');
  });

  it('keeps only the code and the state of what a sign-in answers, not its issuer', () => {
    expect(seen('?code=c&state=s&iss=https://records.example/oauth&complete=1')).to.equal(
      '?code=c&state=s',
    );
    expect(seen('?error=access_denied&state=s&iss=i')).to.equal('');
  });

  it('lets somebody come back to a page of the app with what was chosen there', () => {
    expect(placeIn(home, '/apps/portal/visits?specialty=heart')).to.equal(
      '/apps/portal/visits?specialty=heart',
    );
    expect(placeIn(home, null)).to.equal('/apps/portal/');
  });

  for (const elsewhere of [
    'https://evil.example/apps/portal/',
    '//evil.example/apps/portal/',
    '/apps/portal/../desk/',
    '/oauth/account',
    '/apps/portal/launch?iss=x',
    'javascript:alert(1)',
  ])
    it(`lets nobody come back to ${elsewhere}`, () => {
      expect(placeIn(home, elsewhere)).to.equal('/apps/portal/');
    });
});
