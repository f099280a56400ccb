// The (g)(10) kit's granular scopes (9.23 and 9.25) and their choice on the consent page (9.26 and 9.28).
// https://hl7.org/fhir/us/core/STU7/scopes.html

import { expect } from 'chai';
import { bundleOf, idsOf } from '../../support/client.ts';
import { checkGranted, contextScopes } from './support/us-core.ts';
import { splitScopes } from './support/checks.ts';
import { authorize, launch, type Launched } from './support/launch.ts';
import { granular } from './support/population.ts';
import { inferno } from './support/table.ts';
import { smartWorld } from './support/world.ts';

type Type = keyof typeof granular;
const types = Object.keys(granular) as Type[];

const categoriesOf = (type: Type, words: readonly string[]): readonly string[] =>
  granular[type].filter((category) => words.includes(category.split('|')[1]!));

/** The two launches of the kit, by code of the category. */
const launches = {
  1: {
    Condition: ['encounter-diagnosis', 'health-concern'],
    Observation: ['laboratory', 'social-history'],
  },
  2: { Condition: ['problem-list-item'], Observation: ['vital-signs', 'survey', 'sdoh'] },
} as const;

for (const group of ['9.23', '9.25'])
  describe(`Inferno (g)(10): ${group} fine-grained scopes`, () => {
    const world = smartWorld();

    for (const [number, granted] of Object.entries(launches))
      describe(`${group}.${number}`, () => {
        const scopes = types.flatMap((type) =>
          categoriesOf(type, granted[type]).map(
            (category) => `patient/${type}.rs?category=${category}`,
          ),
        );
        let launched: Launched | undefined;
        before(async () => {
          const { apps, people } = world();
          const asked = [...contextScopes, 'patient/Patient.rs', ...scopes].join(' ');
          launched = await launch(world(), apps.secret, asked, { person: people.asha });
        });

        inferno(`${group}.${number}.1`, 'grants the granular scopes as they were asked for', () => {
          checkGranted(launched!.reply, scopes, 'patient');
        });

        inferno(
          `${group}.${number}.2`,
          'answers each search with the matching resources, all of them and no others',
          async () => {
            const fhir = world().fhir(launched!.reply.json.access_token);

            for (const type of types) {
              const visible = granted[type].map((word) => `asha-${word}`);
              for (const query of [
                'patient=asha',
                'patient=Patient/asha',
                'subject=Patient/asha',
                '_id:not=x&patient=asha',
                '',
              ])
                expect(
                  idsOf(bundleOf(await fhir.get(`${type}?${query}`))),
                  `${type}?${query}`,
                ).to.have.members(visible);
              for (const category of granular[type]) {
                const word = category.split('|')[1]!;
                const found = idsOf(
                  bundleOf(
                    await fhir.get(`${type}?patient=asha&category=${encodeURIComponent(category)}`),
                  ),
                );
                expect(found, category).to.have.members(
                  visible.filter((id) => id === `asha-${word}`),
                );
              }
            }
          },
        );

        inferno(
          `${group}.${number}.3`,
          'reads what matches, and answers 403 or 404 for what does not',
          async () => {
            const fhir = world().fhir(launched!.reply.json.access_token);

            for (const type of types)
              for (const category of granular[type]) {
                const word = category.split('|')[1]!;
                const { status } = await fhir.get(`${type}/asha-${word}`);
                const isGranted = (granted[type] as readonly string[]).includes(word);
                expect(status, word).to.be.oneOf(isGranted ? [200] : [403, 404]);
              }
          },
        );
      });
  });

for (const group of ['9.26', '9.28'])
  describe(`Inferno (g)(10): ${group} granular scope selection`, () => {
    const world = smartWorld();
    const asked = [
      ...contextScopes,
      'patient/Condition.rs',
      'patient/Observation.rs',
      'patient/Patient.rs',
    ];

    inferno(
      `${group}.1`,
      'offers the parts of Condition and Observation that the criterion names',
      async () => {
        const offered = await offeredScopes();

        for (const type of types)
          for (const category of granular[type])
            expect(offered).to.include(`patient/${type}.rs?category=${category}`);
      },
    );

    inferno(
      `${group}.2`,
      'grants the part the user chose in place of all Conditions and Observations',
      async () => {
        const { apps, people } = world();
        const chosen = [
          'patient/Patient.rs',
          ...['Condition', 'Observation'].map((type) => firstOf(type as Type)),
        ];
        const { reply } = await launch(world(), apps.secret, asked.join(' '), {
          person: people.asha,
          consent: (scope) => !scope.startsWith('patient/') || chosen.includes(scope),
        });

        const granted = splitScopes(reply.json.scope).filter((scope) =>
          scope.startsWith('patient/'),
        );
        expect(granted).to.have.members(chosen);
        expect(splitScopes(reply.json.scope)).to.include.members([...contextScopes]);
      },
    );

    const firstOf = (type: Type): string => `patient/${type}.rs?category=${granular[type][0]}`;

    /** What the consent page has boxes for. */
    const offeredScopes = async (): Promise<readonly string[]> => {
      const { apps, people } = world();
      const offered: string[] = [];
      await authorize(world(), apps.secret, asked.join(' '), {
        person: people.asha,
        consent: 'deny',
        look: (kind, { fields }) => {
          if (kind === 'consent') offered.push(...fields.map(({ value }) => value));
        },
      });
      return offered;
    };
  });
