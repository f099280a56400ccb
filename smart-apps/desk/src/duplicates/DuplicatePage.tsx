// DuplicatePage: one open question about who somebody is.

import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Decide } from './Decide.tsx';

export const DuplicatePage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('duplicates');
  const [, go] = useLocation();
  return (
    <>
      <PageTitle>{t('one')}</PageTitle>
      <Decide
        task={id}
        onDone={({ id: patient = '' }) => go(`/patients/${patient}`)}
        onBack={() => go('/duplicates')}
      />
    </>
  );
};
