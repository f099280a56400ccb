// CodedSearch: a field that finds codes while one types; what is in no list is taken as it was written.

import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '@meridian/ui/session/session.ts';
import { useTranslation } from 'react-i18next';
import { choose, type Chosen } from './chosen.ts';
import { expand, type Catalogue } from './expand.ts';

export interface CodedSearchProps {
  readonly id: string;
  readonly label: string;
  readonly catalogue: Catalogue;
  readonly value: Chosen;
  readonly change: (value: Chosen) => void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
}

export const CodedSearch = (props: CodedSearchProps) => {
  const { id, label, catalogue, value, change, error, isRequired = false } = props;
  const { t } = useTranslation('writing');
  const { fhir } = useSession();
  const [filter] = useDebouncedValue(value.text.trim().toLowerCase(), 200);
  const { data: options = [] } = useQuery({
    queryKey: ['ValueSet', 'expand', catalogue, filter],
    queryFn: () => expand(fhir, { catalogue, filter }),
    enabled: filter.length >= 2,
    placeholderData: (previous) => previous,
    staleTime: Infinity,
  });
  const names = [...new Set(options.flatMap(({ display }) => display ?? []))];
  return (
    <Autocomplete
      id={id}
      label={label}
      withAsterisk={isRequired}
      aria-required={isRequired}
      description={t(value.coding === undefined ? 'coded.free' : 'coded.found', {
        code: value.coding?.code,
      })}
      data={filter.length >= 2 ? names : []}
      // The server has found them by more than their name.
      filter={({ options: all }) => all}
      value={value.text}
      error={error}
      autoComplete="off"
      onChange={(text) => change(choose(text, options))}
    />
  );
};
