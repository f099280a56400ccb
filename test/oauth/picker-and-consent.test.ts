// Picker and consent: whom a user may choose, what they may refuse or narrow, and that nothing else gets through.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import { expect } from 'chai';
import { recordId } from '#src/oauth/record-id.ts';
import {
  answer,
  authorize,
  authorizeUrl,
  codeOf,
  launch,
  newVerifier,
  redeem,
} from './support/launch.ts';
import { ticked, type Browser, type Shown } from './support/browser.ts';
import { describeOnStores } from '../support/server.ts';
import { openWorld, type World } from './support/world.ts';

const scope = 'launch/patient openid patient/*.rs';

describeOnStores('the picker', (store) => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld({ store });
    client = await world.addClient({});
  });
  after(() => world.close());

  const toPicker = async (
    user: string,
    browser: Browser,
    verifier = newVerifier(),
  ): Promise<Shown> => {
    const shown = await browser.open(authorizeUrl(world, { client, scope }, verifier));
    if (!shown.text.includes('type="password"')) return shown;
    return (await answer(browser, shown, { client, scope, user }))!;
  };

  it('offers a person themself and those they act for, and nobody else', async () => {
    const { text } = await toPicker('asha', world.browser());

    expect(text).to.contain('Asha Rao').and.to.contain('Ben Rao');
    expect(text).not.to.contain('Carla');
    expect(text).not.to.contain('role="search"');
  });

  it('makes a parent the proxy of the child: the token is about the child, fhirUser is the relation', async () => {
    const { body } = await launch(world, { client, scope: `${scope} fhirUser`, patient: 'ben' });

    const claims = JSON.parse(
      Buffer.from(body.id_token.split('.')[1], 'base64url').toString(),
    ) as object;
    expect(body.patient).to.equal('ben');
    expect(claims).to.include({ fhirUser: `${world.base}/RelatedPerson/asha-for-ben` });
  });

  it('does not take a patient that was not offered', async () => {
    const browser = world.browser();
    const shown = await toPicker('asha', browser);

    const again = await browser.submit(shown, '/patient', { patient: 'carla' });

    expect(again.text).to.contain('Whose record?');
  });

  it('tells the audit whom it has shown to whom, and of a search that found nobody', async () => {
    const told = async (): Promise<readonly string[]> => {
      const { settleAudit, store } = world.context;
      await settleAudit?.();
      const plan = { op: 'type', types: ['AuditEvent'] } as const;
      const { items } = await store.resources.search(plan, { sort: [], size: 1000 });
      return items.map(({ text }) => text).filter((text) => text.includes('ITI-78'));
    };
    const dora = world.browser();
    const empty = await toPicker('dora', dora);
    const before = (await told()).length;

    await dora.open(`${empty.address}?name=Rao&identifier=&birthdate=`);
    await dora.open(`${empty.address}?name=Nobody&identifier=&birthdate=`);

    const texts = (await told()).filter((text) => text.includes(world.users.dora.id));
    expect((await told()).length - before).to.equal(3);
    expect(texts.filter((text) => text.includes('Patient/asha'))).to.have.length(1);
    expect(texts.filter((text) => text.includes('Patient/ben'))).to.have.length(1);
  });

  it('shows staff nobody until they search, and then only whom they may see', async () => {
    const dora = world.browser();
    const empty = await toPicker('dora', dora);
    const found = await dora.open(`${empty.address}?name=Rao&identifier=&birthdate=`);
    const sam = world.browser();
    const his = await toPicker('sam', sam);
    const hidden = await sam.open(`${his.address}?name=Rao&identifier=&birthdate=`);
    const forced = await sam.send(`${his.address}/patient`, { patient: 'asha' });

    expect(empty.text).not.to.contain('Asha');
    expect(found.text).to.contain('Asha Rao').and.to.contain('Ben Rao');
    expect(hidden.text).not.to.contain('Asha');
    expect(hidden.text).to.contain('Nobody was found');
    expect(forced.text).to.contain('Whose record?');
  });

  it('stops staff who guess at numbers, and lets others search', async () => {
    const limited = await openWorld({ store, env: { RATE_LIMIT: 'on', RATE_LIMIT_MISSES: '3' } });
    const app = await limited.addClient({});
    const pickerOf = async (user: string) => {
      const browser = limited.browser();
      const asked = { client: app, scope, user };
      const shown = await browser.open(authorizeUrl(limited, asked, newVerifier()));
      const { address } = (await answer(browser, shown, asked))!;
      return (identifier: string) =>
        browser.open(`${address}?name=&birthdate=&identifier=${encodeURIComponent(identifier)}`);
    };
    const dora = await pickerOf('dora');
    const sam = await pickerOf('sam');

    expect((await dora('mrn-asha')).text).to.contain('Asha Rao');
    expect((await dora('12345678901230,12345678901231')).text).to.contain('Nobody was found');
    expect((await dora('mrn-carla,12345678901232')).text).to.contain('Carla');
    const stopped = await dora('mrn-asha');

    expect(stopped.status).to.equal(429);
    expect(stopped.text).to.contain('Too many look-ups').and.not.to.contain('Asha');
    expect((await dora('')).status).to.equal(200);
    expect((await sam('mrn-nobody')).status).to.equal(200);
    await limited.close();
  });

  it('lets staff act for their own child as themself, not as the hospital', async () => {
    const { dora } = world.users;
    const { records } = world.context.store;
    const also = { ...dora, relatedPersons: ['RelatedPerson/asha-for-ben'] };
    await records.put('user', dora.id, also);

    const shown = await toPicker('dora', world.browser());
    const { body } = await launch(world, { client, scope, user: 'dora', patient: 'ben' });
    await records.put('user', dora.id, dora);

    const kept = (await records.get('AccessToken', recordId(body.access_token))) as {
      readonly extra: { readonly caller: object };
    };
    expect(shown.text).to.contain('Ben Rao').and.to.contain('you act for them');
    expect(shown.text).not.to.contain('Asha Rao');
    expect(kept.extra.caller).to.deep.include({
      ...{ role: 'proxy', fhirUser: 'RelatedPerson/asha-for-ben', patient: 'ben' },
    });
    expect(kept.extra.caller).not.to.have.property('organization');
  });

  it('says what is wrong with a search instead of failing', async () => {
    const browser = world.browser();
    const shown = await toPicker('dora', browser);

    const wrong = await browser.open(`${shown.address}?birthdate=yesterday`);

    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.contain('There is a problem');
  });

  it('gives two tabs of one browser two patients, each its own token', async () => {
    const browser = world.browser();
    await toPicker('asha', browser);
    const verifiers = [newVerifier(), newVerifier()];
    const first = await toPicker('asha', browser, verifiers[0]);
    const second = await toPicker('asha', browser, verifiers[1]);

    const consentFirst = await browser.submit(first, '/patient', { patient: 'asha' });
    const consentSecond = await browser.submit(second, '/patient', { patient: 'ben' });
    const endSecond = await browser.submit(consentSecond, '/consent', {
      scope: ticked(consentSecond),
    });
    const endFirst = await browser.submit(consentFirst, '/consent', {
      scope: ticked(consentFirst),
    });
    const replies = await Promise.all(
      [endFirst, endSecond].map((end, tab) =>
        redeem(world, { client, code: codeOf(end), verifier: verifiers[tab]! }),
      ),
    );

    expect(replies.map(({ body }) => body.patient)).to.deep.equal(['asha', 'ben']);
  });

  it('switches to another person inside the same sign-in, without a password', async () => {
    const browser = world.browser();
    await launch(world, { client, scope, browser, patient: 'asha' });

    const shown = await browser.open(authorizeUrl(world, { client, scope }, newVerifier()));
    const second = await launch(world, { client, scope, browser, user: 'nobody', patient: 'ben' });

    expect(shown.text).to.contain('name="patient"').and.not.contain('type="password"');
    expect(second.body.patient).to.equal('ben');
  });

  it('asks again for a second launch of the same app, and never hands on the first patient', async () => {
    const browser = world.browser();

    const first = await launch(world, { client, scope, browser, patient: 'asha' });
    const second = await launch(world, { client, scope, browser, patient: 'ben' });

    expect([first.body.patient, second.body.patient]).to.deep.equal(['asha', 'ben']);
  });

  it('lets the user turn back', async () => {
    const browser = world.browser();
    const shown = await toPicker('asha', browser);

    const end = await browser.submit(shown, '/cancel', {});

    expect(end.left?.searchParams.get('error')).to.equal('access_denied');
  });
});

describeOnStores('the consent page', (store) => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld({ store });
    client = await world.addClient({ client_name: 'A & B <Heart> app' });
  });
  after(() => world.close());

  const grantedOf = async (
    asked: string,
    tick: (offered: readonly string[]) => readonly string[],
    of = client,
  ): Promise<readonly string[]> => {
    const { status, body } = await launch(world, { client: of, scope: asked, tick });
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.scope.split(' ');
  };

  it('grants what was ticked and nothing else', async () => {
    const asked =
      'launch/patient openid fhirUser patient/Patient.rs patient/Observation.rs patient/Condition.rs';

    const granted = await grantedOf(asked, (offered) =>
      offered.filter((each) => !each.includes('Observation')),
    );

    expect(granted).to.have.members([
      ...['launch/patient', 'openid', 'fhirUser', 'patient/Patient.rs', 'patient/Condition.rs'],
    ]);
  });

  it('narrows a scope to the parts that were ticked instead', async () => {
    const laboratory =
      'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory';
    const asked = 'launch/patient patient/Patient.rs patient/Observation.rs';

    const granted = await grantedOf(asked, () => ['patient/Patient.rs', laboratory]);

    expect(granted).to.have.members(['launch/patient', 'patient/Patient.rs', laboratory]);
  });

  it('takes a part for what is meant when the whole was left ticked beside it', async () => {
    const social =
      'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|social-history';

    const granted = await grantedOf('launch/patient patient/Observation.rs', (offered) => [
      ...offered,
      social,
    ]);

    expect(granted).to.have.members(['launch/patient', social]);
  });

  it('narrows a wildcard to types', async () => {
    const granted = await grantedOf('launch/patient patient/*.read', () => [
      'patient/Patient.rs',
      'patient/Immunization.rs',
    ]);

    expect(granted).to.have.members([
      'launch/patient',
      'patient/Patient.rs',
      'patient/Immunization.rs',
    ]);
  });

  it('does not grant what was not offered, whatever the form says', async () => {
    const asked = 'launch/patient patient/Patient.rs';

    const granted = await grantedOf(asked, (offered) => [
      ...offered,
      ...['patient/*.cruds', 'user/*.rs', 'offline_access', 'patient/Observation.rs'],
    ]);

    expect(granted).to.have.members(asked.split(' '));
  });

  it('is a refusal when nothing is ticked', async () => {
    const end = await authorize(world, { client, scope, tick: () => [] }, newVerifier());

    expect(end.left?.searchParams.get('error')).to.equal('access_denied');
  });

  it('gives no refresh token when lasting access is refused', async () => {
    const { body } = await launch(world, {
      ...{ client, scope: `${scope} offline_access` },
      tick: (offered) => offered.filter((each) => each !== 'offline_access'),
    });

    expect(body).not.to.have.property('refresh_token');
    expect(body.scope).not.to.contain('offline_access');
  });

  it('offers an app no more than it was registered for', async () => {
    const limited = await world.addClient({
      smart_scope: 'launch/patient openid patient/Observation.rs',
    });

    const granted = await grantedOf(
      'launch/patient openid patient/*.rs patient/Observation.rs?category=laboratory patient/Observation.cruds',
      (offered) => offered,
      limited,
    );

    expect(granted).to.have.members([
      ...['launch/patient', 'openid', 'patient/Observation.rs?category=laboratory'],
    ]);
  });

  it('is shown for every app that is not ours, whatever its record says of it', async () => {
    const trusted = await world.addClient({ trusted: true, own: true });
    let pages = 0;

    const { body } = await launch(world, {
      ...{ client: trusted, scope: `${scope} offline_access` },
      tick: (offered) => {
        pages += 1;
        return offered;
      },
    });

    expect(pages).to.equal(1);
    expect(body.scope.split(' ')).to.have.members([...scope.split(' '), 'offline_access']);
    expect(body).to.have.property('refresh_token');
  });

  it('calls app, user and patient by name, and shows nothing of them as markup', async () => {
    let page = '';
    const browser = world.browser();
    const submit: Browser['submit'] = (shown, ending, form) => {
      if (ending === '/consent') page = shown.text;
      return browser.submit(shown, ending, form);
    };
    await authorize(world, { client, scope, browser: { ...browser, submit } }, newVerifier());

    expect(page).to.contain('A &#38; B &#60;Heart&#62; app').and.to.contain('Asha Rao');
    expect(page).not.to.contain('<Heart>');
    expect(page).to.match(/See and search your health records/);
  });
});
