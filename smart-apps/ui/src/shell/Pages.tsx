// Pages: the table of an app's pages; each is loaded when it is first opened.

import { lazy, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { Notice } from '../states/Notice.tsx';

export interface PageProps {
  readonly params: Readonly<Record<string, string | undefined>>;
}

export interface Page {
  readonly path: string;
  readonly component: ComponentType<PageProps>;
  /** Once it is fetched, it shows without waiting. */
  readonly fetch: () => Promise<unknown>;
}

/** `path` is below the app's base, such as `/visits/:id`, whose parameters the page gets as `params`. */
export const pageAt = (path: string, load: () => Promise<ComponentType<PageProps>>): Page => {
  let fetched: ComponentType<PageProps> | undefined;
  const fetchPage = async (): Promise<ComponentType<PageProps>> => (fetched ??= await load());
  const Fetching = lazy(async () => ({ default: await fetchPage() }));
  const PageHere = (props: PageProps) => {
    // React lets whoever has waited once wait for a third of a second more. It stays what it was at first, with all it knows.
    const [Shown] = useState(() => fetched ?? Fetching);
    return <Shown {...props} />;
  };
  return { path, component: PageHere, fetch: fetchPage };
};

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
