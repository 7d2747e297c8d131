import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { ErrorState, Loading, PageHeader, Panel, useTexts } from '@/ui';
import { NotFound } from '../NotFound';
import classes from './help.module.css';
import { ManualSearch } from './ManualSearch';
import { ManualText } from './ManualText';
import { anchorOf, type ChapterName, chapters, isChapter } from './manual';
import { useChapter } from './useManual';

/** The whole manual: its chapters, and the one that is open. */
export function HelpPage() {
  const { t, language } = useTexts();
  const { chapter = 'start' } = useParams({ strict: false }) as { chapter?: string };
  const navigate = useNavigate();
  if (!isChapter(chapter)) return <NotFound />;
  return (
    <>
      <PageHeader title={t('app.manual.title')} />
      <div className={classes.page}>
        <div className={classes.side}>
          <ManualSearch
            onChoose={({ section }) =>
              void navigate({
                to: '/help/$chapter',
                params: { chapter: section.chapter },
                hash: anchorOf(section.heading),
              })
            }
          >
            <nav aria-label={t('app.manual.chapters')}>
              <ul className={classes.chapters}>
                {chapters.map(({ name, title }) => (
                  <li key={name}>
                    <Link
                      to="/help/$chapter"
                      params={{ chapter: name }}
                      aria-current={name === chapter ? 'page' : undefined}
                    >
                      {title}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
          </ManualSearch>
        </div>
        <Panel>
          {language !== 'ja' && <p className={classes.note}>{t('app.manual.inJapanese')}</p>}
          <Chapter key={chapter} name={chapter} />
        </Panel>
      </div>
    </>
  );
}

function Chapter({ name }: { name: ChapterName }) {
  const { data, error, isPending, refetch } = useChapter(name);
  const hash = useLocation({ select: (location) => decodeURIComponent(location.hash) });
  if (isPending) return <Loading rows={14} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <ManualText text={data} heading={hash} />;
}
