// DocumentsPage: the papers of the record, by kind, and the way to add one.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Anchor, Button, Card, NativeSelect, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import type { DocumentReference } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { documentKinds, isDocumentKind, typeFilter } from './document-kinds.ts';
import { titleOf } from './title.ts';

export const DocumentsPage = () => {
  const { t } = useTranslation('documents');
  const { patient } = useSession();
  const [query, setQuery] = useSearchParams();
  const asked = query.get('kind');
  const kind = isDocumentKind(asked) ? asked : undefined;
  const found = useSearch<DocumentReference>('DocumentReference', {
    ...{ patient, status: 'current', _sort: '-date', _count: 15 },
    ...(kind === undefined ? {} : typeFilter(kind)),
    _elements: 'type,date,content,description,custodian,author,context',
  });
  return (
    <>
      <PageTitle
        actions={
          <Button
            component={Link}
            href="/documents/new"
            leftSection={<IconUpload size={18} aria-hidden />}
          >
            {t('add')}
          </Button>
        }
      >
        {t('title')}
      </PageTitle>
      <NativeSelect
        mb="md"
        label={t('kind')}
        value={kind ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setQuery(value === '' ? {} : { kind: value }, { replace: true })
        }
        data={[
          { value: '', label: t('every') },
          ...documentKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
        ]}
      />
      <Listed found={found} empty={{ title: t('none.title'), text: t('none.text') }}>
        {(documents) => (
          <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {documents.map((document) => (
              <DocumentCard key={document.id} document={document} />
            ))}
          </Stack>
        )}
      </Listed>
    </>
  );
};

const DocumentCard = ({ document }: { readonly document: DocumentReference }) => {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const { id = '', type, date, custodian, author, context } = document;
  const title = titleOf(document) ?? (format.concept(type) || t('document'));
  return (
    <Card component="li" withBorder padding="sm">
      <Anchor component={Link} href={`/documents/${id}`} fw={600}>
        {title}
      </Anchor>
      <Text size="sm">
        {[format.concept(type), custodian?.display ?? author?.[0]?.display]
          .filter((part) => Boolean(part) && part !== title)
          .join(' · ')}
      </Text>
      <Text size="sm" c="dimmed">
        {format.date(context?.period?.start ?? date)}
      </Text>
    </Card>
  );
};
