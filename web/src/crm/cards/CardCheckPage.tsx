import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useCardScan, useObjects } from '@/api';
import { EmptyState, ErrorState, Loading, useTexts } from '@/ui';
import { CardForm } from './CardForm';
import classes from './cards.module.css';

/** One card beside what was read on it, to be checked and saved. */
export function CardCheckPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const { id, number } = useParams({ from: '/signed-in/cards/$id/$number' });
  const scan = useCardScan(id);
  const objects = useObjects();
  const card = scan.data?.cards.find((each) => each.number === Number(number));
  const businessCard = objects.find((object) => object.key === 'business_card');

  return (
    <div className={classes.page}>
      <Link to="/cards" className={classes.back}>
        <IconArrowLeft size={14} aria-hidden="true" />
        {t('crm.cards.title')}
      </Link>
      {scan.error ? (
        <ErrorState error={scan.error} onRetry={() => void scan.refetch()} />
      ) : scan.isPending || !businessCard || scan.data?.status === 'reading' ? (
        <Loading rows={12} />
      ) : !scan.data || !card ? (
        <EmptyState page title={t('crm.cards.notThere')} />
      ) : (
        <CardForm
          key={`${id}/${number}`}
          scan={scan.data}
          card={card}
          object={businessCard}
          onNext={(next) =>
            void navigate(
              next
                ? {
                    to: '/cards/$id/$number',
                    params: { id: next.scan.id, number: String(next.card.number) },
                  }
                : { to: '/cards' },
            )
          }
        />
      )}
    </div>
  );
}
