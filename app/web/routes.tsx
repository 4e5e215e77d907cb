// The route tree: screens of core and of the stages, and for every other record type the standard list, form and page.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Frame } from '../../core/ui/frame/frame.tsx';
import type { Registry } from '../../core/ui/registry.ts';
import { Failed } from '../../core/ui/failed.tsx';

const root = createRootRoute({ component: Outlet });

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  component: () => (
    <Frame>
      <Outlet />
    </Frame>
  ),
});

const bare = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('../../core/ui/entrance/sign-in.tsx'), 'SignIn'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/welcome',
    component: lazyRouteComponent(() => import('../../core/ui/entrance/welcome.tsx'), 'Welcome'),
  }),
];

const own = [
  createRoute({
    getParentRoute: () => framed,
    path: '/',
    component: lazyRouteComponent(() => import('../../core/ui/home/home.tsx'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/work',
    component: lazyRouteComponent(() => import('../../core/ui/home/work.tsx'), 'Work'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/stages',
    component: lazyRouteComponent(() => import('../../core/ui/home/stages.tsx'), 'Stages'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/stages/$stage',
    component: lazyRouteComponent(() => import('../../core/ui/home/stages.tsx'), 'OneStage'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/decisions',
    component: lazyRouteComponent(() => import('../../core/decision/ui/decisions.tsx'), 'Decisions'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/gates/$gate/$subject',
    component: lazyRouteComponent(() => import('../../core/decision/ui/gate.tsx'), 'Gate'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/loop',
    component: lazyRouteComponent(() => import('../../core/ui/loop/loop.tsx'), 'Loop'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/r/$key',
    component: lazyRouteComponent(() => import('../../core/ui/page/standard.tsx'), 'AnyRecord'),
  }),
];

const standard = [
  createRoute({
    getParentRoute: () => framed,
    path: '/$path',
    component: lazyRouteComponent(() => import('../../core/ui/page/standard.tsx'), 'StandardList'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/$path/new',
    component: lazyRouteComponent(() => import('../../core/ui/page/standard.tsx'), 'StandardForm'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '/$path/$key',
    component: lazyRouteComponent(() => import('../../core/ui/page/standard.tsx'), 'StandardPage'),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: '$',
    component: lazyRouteComponent(() => import('../../core/ui/page/not-found.tsx'), 'NotFound'),
  }),
];

/** Plain names and values in the address: `?state=open`, never quoted. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Readonly<Record<string, string>>) => {
  const text = new URLSearchParams(search).toString();
  return text ? `?${text}` : '';
};

export function createAppRouter({ contributions }: Registry) {
  const contributed = contributions.flatMap(({ screens }) =>
    screens.map(({ path, load }) =>
      createRoute({ getParentRoute: () => framed, path, component: lazyRouteComponent(load, 'Screen') }),
    ),
  );
  return createRouter({
    routeTree: root.addChildren([framed.addChildren([...own, ...contributed, ...standard]), ...bare]),
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultErrorComponent: Failed,
  });
}
