import { expect } from 'chai';
import { FhirFailure } from '../../../../smart-apps/ui/src/fhir/failure.ts';
import { tokensOf, type Renewable } from '../../../../smart-apps/ui/src/session/tokens.ts';

type Answer = 'new token' | { readonly status: number } | TypeError;

/** As the SMART library behaves: it forgets the refresh token with every failure, and persists that. */
const libraryOf = (answer: Answer, isDue: boolean): Renewable & { readonly kept: unknown[] } => {
  const kept: unknown[] = [];
  const tokenResponse: { access_token?: string; refresh_token?: string } = {
    access_token: 'first',
    refresh_token: 'refresh',
  };
  const refresh = async (): Promise<void> => {
    if (answer === 'new token') {
      tokenResponse.access_token = 'second';
      return;
    }
    delete tokenResponse.refresh_token;
    throw answer instanceof TypeError ? answer : Object.assign(new Error(), answer);
  };
  const refreshIfNeeded = (): Promise<void> => (isDue ? refresh() : Promise.resolve());
  return { kept, state: { key: 'k', tokenResponse }, refresh, refreshIfNeeded };
};

const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof FhirFailure ? error.kind : 'another'),
  );

describe('the tokens of a session', () => {
  it('are renewed once they have ended', async () => {
    const { current } = tokensOf(libraryOf('new token', true), () => undefined);

    expect(await current()).to.equal('second');
  });

  for (const [answer, kind] of [
    [new TypeError('Failed to fetch'), 'network'],
    [{ status: 503 }, 'busy'],
    [{ status: 429 }, 'busy'],
    [{ status: 500 }, 'fault'],
  ] as const)
    it(`can be renewed later where renewing failed with ${kind} (${JSON.stringify(answer)})`, async () => {
      const library = libraryOf(answer, true);
      const { current } = tokensOf(library, (state) => library.kept.push(structuredClone(state)));

      expect(await failureOf(current())).to.equal(kind);

      expect(library.state.tokenResponse?.refresh_token).to.equal('refresh');
      expect(library.kept).to.deep.equal([library.state]);
    });

  it('have ended for good when the server refuses to renew them', async () => {
    const library = libraryOf({ status: 400 }, true);
    const { current } = tokensOf(library, () => undefined);

    expect(await failureOf(current())).to.equal('expired');

    expect(library.state.tokenResponse).to.not.have.property('refresh_token');
  });

  it('gives the token that somebody else has renewed meanwhile instead of renewing it again', async () => {
    const { renewed } = tokensOf(libraryOf(new TypeError(), false), () => undefined);

    expect(await renewed('an older one')).to.equal('first');
  });

  it('has no other token where there is nothing to renew it with', async () => {
    const library = libraryOf('new token', false);
    delete library.state.tokenResponse!.refresh_token;

    expect(await tokensOf(library, () => undefined).renewed('first')).to.equal(undefined);
  });
});
