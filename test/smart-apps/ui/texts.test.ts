// Every app speaks English and Hindi completely; Urdu says what it says, and everything of the kit.

import { expect } from 'chai';
import { apps, isThere, namespacesOf, placeholdersOf, textsOf, wantedBy } from './support/texts.ts';

const missing = (here: Iterable<string>, there: ReadonlyMap<string, string>): readonly string[] =>
  [...here].filter((key) => !there.has(key));

describe('the texts of the apps', () => {
  for (const app of apps) {
    for (const namespace of namespacesOf(app, 'en')) {
      const english = textsOf(app, 'en', namespace);

      it(`are the same in Hindi as in English: ${app}, ${namespace}`, () => {
        const hindi = textsOf(app, 'hi', namespace);

        expect(missing(english.keys(), hindi), 'not in Hindi').to.deep.equal([]);
        expect(missing(hindi.keys(), english), 'only in Hindi').to.deep.equal([]);
      });

      for (const language of ['hi', 'ur'])
        it(`fill in the same places: ${app}, ${namespace}, ${language}`, () => {
          const other = [...textsOf(app, language, namespace)].map(([key, text]) => [
            key,
            placeholdersOf(key, text),
          ]);
          const same = other.map(([key]) => [
            key,
            placeholdersOf(String(key), english.get(String(key)) ?? ''),
          ]);

          expect(other).to.deep.equal(same);
        });
    }

    it(`are there for all that is asked for: ${app}`, () => {
      const absent = wantedBy(app).filter((wanted) => !isThere(app, wanted));

      expect(absent.map(({ place }) => place)).to.deep.equal([]);
    });
  }

  for (const namespace of namespacesOf('ui', 'en'))
    it(`are complete in Urdu for the kit: ${namespace}`, () => {
      const english = textsOf('ui', 'en', namespace);

      expect(missing(english.keys(), textsOf('ui', 'ur', namespace))).to.deep.equal([]);
    });

  it('say nothing in Urdu that is not said in English', () => {
    const extra = apps.flatMap((app) =>
      namespacesOf(app, 'ur').flatMap((namespace) =>
        missing(textsOf(app, 'ur', namespace).keys(), textsOf(app, 'en', namespace)),
      ),
    );

    expect(extra).to.deep.equal([]);
  });
});
