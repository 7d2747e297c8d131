import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { fetchSession, isApiError, keys } from '@/api';
import { HomePage } from './home/HomePage';
import { NotFound } from './NotFound';
import { queryClient } from './queryClient';
import { RouteError } from './RouteError';
import { RoutePending } from './RoutePending';
import { Shell } from './shell/Shell';

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: RouteError });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): { to?: string } => ({
    to: typeof search.to === 'string' ? search.to : undefined,
  }),
  component: lazyRouteComponent(() => import('./entry/LoginPage'), 'LoginPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./entry/SetupPage'), 'SetupPage'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(() => import('./entry/InvitePage'), 'InvitePage'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData({
        queryKey: keys.session,
        queryFn: ({ signal }) => fetchSession(signal),
        retry: false,
      });
    } catch (error) {
      if (isApiError(error) && error.status === 401)
        throw redirect({ to: '/login', search: { to: location.href === '/' ? undefined : location.href } });
      throw error;
    }
  },
  component: Shell,
  errorComponent: RouteError,
  pendingComponent: RoutePending,
});

const home = createRoute({ getParentRoute: () => signedIn, path: '/', component: HomePage });
const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$plural',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('./ObjectRoutes'), 'ListRoute'),
});
const record = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$plural/$id',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('./ObjectRoutes'), 'RecordRoute'),
});
const compare = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$plural/compare/$id',
  component: lazyRouteComponent(() => import('./CompareRoute'), 'CompareRoute'),
});
const imports = createRoute({
  getParentRoute: () => signedIn,
  path: '/import',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('./ImportRoutes'), 'ImportStartRoute'),
});
const importRun = createRoute({
  getParentRoute: () => signedIn,
  path: '/import/$id',
  component: lazyRouteComponent(() => import('./ImportRoutes'), 'ImportRunRoute'),
});
const cards = createRoute({
  getParentRoute: () => signedIn,
  path: '/cards',
  component: lazyRouteComponent(() => import('@/crm/cards/CardsPage'), 'CardsPage'),
});
const cardCheck = createRoute({
  getParentRoute: () => signedIn,
  path: '/cards/$id/$number',
  component: lazyRouteComponent(() => import('@/crm/cards/CardCheckPage'), 'CardCheckPage'),
});
const duplicates = createRoute({
  getParentRoute: () => signedIn,
  path: '/duplicates',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('@/crm/CustomerDuplicatesPage'), 'CustomerDuplicatesPage'),
});
const duplicateSets = createRoute({
  getParentRoute: () => signedIn,
  path: '/duplicates/all',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('@/records/DuplicateSetsPage'), 'DuplicateSetsPage'),
});
const merge = createRoute({
  getParentRoute: () => signedIn,
  path: '/merge',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('@/records/merge/MergePage'), 'MergePage'),
});
const tidy = createRoute({
  getParentRoute: () => signedIn,
  path: '/tidy',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('@/records/TidyPage'), 'TidyPage'),
});
const maturity = createRoute({
  getParentRoute: () => signedIn,
  path: '/maturity',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('@/records/MaturityPage'), 'MaturityPage'),
});
const register = createRoute({
  getParentRoute: () => signedIn,
  path: '/register',
  validateSearch: (search: Record<string, unknown>) => search,
  component: lazyRouteComponent(() => import('@/crm/RegisterPage'), 'RegisterPage'),
});
const search = createRoute({
  getParentRoute: () => signedIn,
  path: '/search',
  validateSearch: (found): { q?: string } => ({ q: found.q === undefined ? undefined : String(found.q) }),
  component: lazyRouteComponent(() => import('./search/SearchPage'), 'SearchPage'),
});

// Unknown addresses keep the frame around them.
const unknown = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsLayout'), 'SettingsLayout'),
});
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('./settings/SettingsIndex'), 'SettingsIndex'),
});
const settingsAccount = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  component: lazyRouteComponent(() => import('./settings/AccountPage'), 'AccountPage'),
});
const settingsCompany = createRoute({
  getParentRoute: () => settings,
  path: '/company',
  component: lazyRouteComponent(() => import('./settings/CompanyPage'), 'CompanyPage'),
});
const settingsUsers = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  component: lazyRouteComponent(() => import('./settings/UsersPage'), 'UsersPage'),
});
const settingsTeams = createRoute({
  getParentRoute: () => settings,
  path: '/teams',
  component: lazyRouteComponent(() => import('./settings/TeamsPage'), 'TeamsPage'),
});
const settingsRoles = createRoute({
  getParentRoute: () => settings,
  path: '/roles',
  component: lazyRouteComponent(() => import('./settings/RolesPage'), 'RolesPage'),
});
const settingsFields = createRoute({
  getParentRoute: () => settings,
  path: '/fields',
  validateSearch: (found): { object?: string } => ({
    object: typeof found.object === 'string' ? found.object : undefined,
  }),
  component: lazyRouteComponent(() => import('./settings/FieldsPage'), 'FieldsPage'),
});
const settingsReference = createRoute({
  getParentRoute: () => settings,
  path: '/reference',
  component: lazyRouteComponent(() => import('./settings/ReferencePage'), 'ReferencePage'),
});
const settingsRules = createRoute({
  getParentRoute: () => settings,
  path: '/rules',
  validateSearch: (found): { object?: string } => ({
    object: typeof found.object === 'string' ? found.object : undefined,
  }),
  component: lazyRouteComponent(() => import('./settings/RulesPage'), 'RulesPage'),
});
const settingsTokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./settings/TokensPage'), 'TokensPage'),
});

const settingsExports = createRoute({
  getParentRoute: () => settings,
  path: '/exports',
  component: lazyRouteComponent(() => import('./settings/ExportsPage'), 'ExportsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    setup,
    invite,
    signedIn.addChildren([
      home,
      list,
      record,
      compare,
      imports,
      importRun,
      cards,
      cardCheck,
      duplicates,
      duplicateSets,
      merge,
      tidy,
      maturity,
      register,
      search,
      unknown,
      settings.addChildren([
        settingsIndex,
        settingsAccount,
        settingsCompany,
        settingsUsers,
        settingsTeams,
        settingsRoles,
        settingsFields,
        settingsReference,
        settingsRules,
        settingsTokens,
        settingsExports,
      ]),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
