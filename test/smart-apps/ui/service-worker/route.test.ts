import { expect } from 'chai';
import { routeOf } from '../../../../smart-apps/ui/src/service-worker/route.ts';

const home = 'https://records.example/apps/portal/';

describe('the service worker of an app', () => {
  for (const [url, mode, route] of [
    [home, 'navigate', 'page'],
    [`${home}visits/1?from=home`, 'navigate', 'page'],
    [`${home}?code=c&state=s`, 'navigate', 'page'],
    [`${home}assets/index-1.js`, 'cors', 'asset'],
    [`${home}manifest.webmanifest`, 'cors', 'network'],
    [`${home}sw.js`, 'same-origin', 'network'],
    ['https://records.example/fhir/Patient/1', 'cors', 'network'],
    ['https://records.example/fhir/Patient/1', 'navigate', 'network'],
    ['https://records.example/oauth/token', 'cors', 'network'],
    ['https://records.example/oauth/auth?client_id=portal', 'navigate', 'network'],
    ['https://records.example/apps/desk/', 'navigate', 'network'],
    ['https://records.example/apps/desk/assets/index-1.js', 'cors', 'network'],
    ['https://evil.example/apps/portal/assets/index-1.js', 'cors', 'network'],
  ] as const)
    it(`takes ${url} (${mode}) as ${route}`, () => {
      expect(routeOf({ method: 'GET', url, mode }, home)).to.equal(route);
    });

  it('leaves alone whatever changes something', () => {
    expect(routeOf({ method: 'POST', url: `${home}assets/x`, mode: 'cors' }, home)).to.equal(
      'network',
    );
  });
});
