// HomePage: what comes next, what is new, and what needs the person.

import { useSession } from '@meridian/ui/session/session.ts';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { List } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export const HomePage = () => {
  const { t } = useTranslation('home');
  const { patient } = useSession();
  const format = useFormat();
  const results = useSearch<Observation>('Observation', {
    patient,
    category: 'laboratory',
    _sort: '-date',
    _count: 5,
  });
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Listed found={results} empty={{ title: t('results.none') }}>
        {(items) => (
          <List>
            {items.map((item) => (
              <List.Item key={item.id}>
                {format.concept(item.code)}: {format.value(item)},{' '}
                {format.date(item.effectiveDateTime)}
              </List.Item>
            ))}
          </List>
        )}
      </Listed>
    </>
  );
};
