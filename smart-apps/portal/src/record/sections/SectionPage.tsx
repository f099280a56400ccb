// SectionPage: a part of the record by itself: what hospitals wrote down, and what the person has added.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { Timeline } from '@meridian/ui/record/Timeline.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { Text } from '@mantine/core';
import type { FhirResource } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { dateOf } from '../dates.ts';
import { describe } from '../describe.ts';
import { BackLink } from '../details/BackLink.tsx';
import { useWords } from '../useWords.ts';
import { sectionIcons } from '../icons.ts';
import { sections, type SectionName } from './sections.ts';
import { Statements } from './Statements.tsx';

export const SectionPage = ({ section }: { readonly section: SectionName }) => {
  const { t } = useTranslation('record');
  const { patient } = useSession();
  const words = useWords();
  const { type, sort, only } = sections[section];
  const icon = sectionIcons[section];
  const found = useSearch<FhirResource>(type, {
    ...{ patient, _sort: sort, _count: 20 },
    ...only,
  });
  return (
    <>
      <BackLink />
      <PageTitle>{t(`sections.${section}`)}</PageTitle>
      <Listed found={found} empty={{ title: t(`none.${section}`), text: t('none.text') }}>
        {(items) => (
          <Timeline
            items={items.map((resource) => {
              const { title, text, source } = describe(resource, words);
              return {
                ...{ id: resource.id ?? '', date: dateOf(resource), kind: '', title, icon },
                text: [text, source].filter(Boolean).join(' — '),
                to: `/record/${type}/${resource.id ?? ''}`,
              };
            })}
          />
        )}
      </Listed>
      <Text size="sm" c="dimmed" my="md">
        {t('wrong')}
      </Text>
      <Statements section={section} />
    </>
  );
};

export const ConditionsPage = () => <SectionPage section="conditions" />;
export const AllergiesPage = () => <SectionPage section="allergies" />;
export const ImmunizationsPage = () => <SectionPage section="immunizations" />;
