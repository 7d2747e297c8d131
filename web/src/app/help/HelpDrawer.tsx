import { IconExternalLink, IconKeyboard, IconMessage2 } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Button, Drawer, ErrorState, Group, Loading, useTexts } from '@/ui';
import { loadLaterTexts } from '../i18n';
import classes from './help.module.css';
import { ManualSearch } from './ManualSearch';
import { ManualText } from './ManualText';
import { anchorOf, isChapter, type Place } from './manual';
import { placeOf } from './places';
import { useChapter } from './useManual';

const FeedbackDialog = lazy(async () => {
  await loadLaterTexts();
  return { default: (await import('../usage/FeedbackDialog')).FeedbackDialog };
});

/** The manual beside the work, open at what it says of this screen. */
export function HelpDrawer({ onClose, onKeyboard }: { onClose: () => void; onKeyboard: () => void }) {
  const { t, language } = useTexts();
  const location = useLocation();
  const [writing, setWriting] = useState(false);
  const [place, setPlace] = useState<Place>(() =>
    placeOf(location.pathname, location.search as Record<string, unknown>),
  );
  const chapter = useChapter(place.chapter);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={t('app.manual.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      // The work behind it goes on: it can be seen and scrolled while one reads.
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
    >
      <div className={classes.drawer}>
        <ManualSearch
          focused
          onChoose={({ section }) => setPlace({ chapter: section.chapter, heading: section.heading })}
        >
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconKeyboard size={15} />}
              onClick={onKeyboard}
            >
              {t('app.keyboard')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconMessage2 size={15} />}
              onClick={() => setWriting(true)}
            >
              {t('app.sendFeedback')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconExternalLink size={15} />}
              onClick={onClose}
              renderRoot={(props) => (
                <Link
                  to="/help/$chapter"
                  params={{ chapter: place.chapter }}
                  hash={place.heading ? anchorOf(place.heading) : undefined}
                  {...props}
                />
              )}
            >
              {t('app.manual.whole')}
            </Button>
          </Group>
          {language !== 'ja' && <p className={classes.note}>{t('app.manual.inJapanese')}</p>}
          {chapter.isPending ? (
            <Loading rows={8} />
          ) : chapter.error ? (
            <ErrorState error={chapter.error} onRetry={() => void chapter.refetch()} />
          ) : (
            <ManualText
              text={chapter.data}
              heading={place.heading}
              onPlace={(name, heading) => isChapter(name) && setPlace({ chapter: name, heading })}
            />
          )}
        </ManualSearch>
        <Suspense>{writing && <FeedbackDialog onClose={() => setWriting(false)} />}</Suspense>
      </div>
    </Drawer>
  );
}
