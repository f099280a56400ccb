// Pages: the table of an app's pages; each is loaded when it is first opened.

import { lazy, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { Notice } from '../states/Notice.tsx';

export interface PageProps {
  readonly params: Readonly<Record<string, string | undefined>>;
}

export interface Page {
  readonly path: string;
  readonly component: ComponentType<PageProps>;
}

/** `path` is below the app's base, such as `/visits/:id`, whose parameters the page gets as `params`. */
export const pageAt = (path: string, load: () => Promise<ComponentType<PageProps>>): Page => ({
  path,
  component: lazy(async () => ({ default: await load() })),
});

export const Pages = ({ pages }: { readonly pages: readonly Page[] }) => (
  <Switch>
    {pages.map(({ path, component: PageComponent }) => (
      <Route key={path} path={path}>
        {(params) => <PageComponent params={params} />}
      </Route>
    ))}
    <Route>
      <NoSuchPage />
    </Route>
  </Switch>
);

const NoSuchPage = () => {
  const { t } = useTranslation('ui');
  const [, go] = useLocation();
  return (
    <Notice
      title={t('states.notFound')}
      text={t('states.notFoundText')}
      action={{ label: t('states.home'), run: () => go('/') }}
    />
  );
};
