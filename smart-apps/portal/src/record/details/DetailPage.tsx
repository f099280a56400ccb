// DetailPage: one thing of the record in plain words, with what belongs to it.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { BackLink } from './BackLink.tsx';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Text } from '@mantine/core';
import type { FhirResource } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { describe } from '../describe.ts';
import { useWords } from '../useWords.ts';
import { Belonging } from './Belonging.tsx';
import { MeasuredTogether } from './MeasuredTogether.tsx';
import { Rows } from './Rows.tsx';
import { rowsOf } from './rows.ts';
import { WrittenBy } from './WrittenBy.tsx';

export const DetailPage = ({ params: { type = '', id = '' } }: PageProps) => (
  <>
    <BackLink />
    {id.includes(',') ? (
      <MeasuredTogether ids={id} />
    ) : (
      <Detail type={type as FhirResource['resourceType']} id={id} />
    )}
  </>
);

interface DetailProps {
  readonly type: FhirResource['resourceType'];
  readonly id: string;
}

const Detail = ({ type, id }: DetailProps) => {
  const { t } = useTranslation('record');
  const words = useWords();
  const { data, isLoading, error, refetch } = useRead<FhirResource>(type, id);
  if (isLoading) return <Loading />;
  if (data === undefined)
    return (
      <>
        <PageTitle>{t('title')}</PageTitle>
        <Failure error={error} again={() => void refetch()} />
      </>
    );
  const { title, source } = describe(data, words);
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <Text c="dimmed" mb="md">
        {[t(`types.${type}`), source].filter(Boolean).join(' · ')}
      </Text>
      <Belonging resource={data} />
      <Rows rows={rowsOf(data, words)} />
      <WrittenBy target={`${type}/${id}`} />
    </>
  );
};
