import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { fetchSession, isApiError, useReachable } from '@/api';
import { useTexts } from '@/ui';
import { isPocket } from '../offline/isPocket';
import classes from './Shell.module.css';

const askAgainMs = 4000;

/** Stands over the page while the server cannot be reached and asks until it answers. */
export function UnreachableBanner() {
  const { t } = useTexts();
  const reachable = useReachable();
  const cache = useQueryClient();
  useEffect(() => {
    if (reachable) return;
    const timer = window.setInterval(() => {
      fetchSession()
        .then(() => cache.invalidateQueries())
        .catch((error: unknown) => {
          // Any answer will do; a lost session is asked for by the next request.
          if (isApiError(error) && error.status === 401) void cache.invalidateQueries();
        });
    }, askAgainMs);
    return () => window.clearInterval(timer);
  }, [reachable, cache]);
  if (reachable) return null;
  return (
    <div className={classes.banner} role="status">
      <IconPlugConnectedX size={18} stroke={1.6} aria-hidden />
      {t('app.unreachable')}
      {isPocket() && (
        <Link to="/offline" className={classes.bannerLink}>
          {t('app.offline.toKept')}
        </Link>
      )}
    </div>
  );
}
