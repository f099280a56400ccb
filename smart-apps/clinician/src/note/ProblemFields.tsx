// ProblemFields: diagnoses of the visit, by code where there is one, and how certain they are.

import { Button, Fieldset, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodedSearch } from '../writing/CodedSearch.tsx';
import { Choice } from '../writing/fields.tsx';
import { certainties, newProblem, type Certainty, type Problem } from './note.ts';

export interface ProblemFieldsProps {
  readonly problems: readonly Problem[];
  readonly change: (problems: readonly Problem[]) => void;
}

export const ProblemFields = ({ problems, change }: ProblemFieldsProps) => {
  const { t } = useTranslation('note');
  const changeAt = (place: number, problem: Problem): void =>
    change(problems.map((each, index) => (index === place ? problem : each)));
  return (
    <Fieldset legend={t('problems')}>
      <Stack gap="sm">
        {problems.map((problem, place) => (
          <Group key={place} grow align="flex-start" preventGrowOverflow={false}>
            <CodedSearch
              {...{ id: `problem-${String(place)}`, catalogue: 'problems' }}
              label={t('problem', { number: place + 1 })}
              value={problem.what}
              change={(what) => changeAt(place, { ...problem, what })}
            />
            <Choice
              {...{ id: `certainty-${String(place)}`, value: problem.certainty }}
              label={t('certaintyLabel', { number: place + 1 })}
              options={certainties.map((certainty) => [certainty, t(`certainty.${certainty}`)])}
              change={(certainty) =>
                changeAt(place, { ...problem, certainty: certainty as Certainty })
              }
            />
          </Group>
        ))}
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ alignSelf: 'start' }}
          onClick={() => change([...problems, newProblem])}
        >
          {t('addProblem')}
        </Button>
      </Stack>
    </Fieldset>
  );
};
