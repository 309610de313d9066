import { useTranslation } from 'react-i18next';
import type { CampaignDetail, ResponseRate } from '#server/contract/diagnostics.ts';
import { formatDay, formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Card } from '../ui/Page.tsx';
import styles from './Campaigns.module.css';

const day = 86_400_000;
const width = 320;
const height = 96;

/** Every day of the window so far, the days without answers among them. */
function fillDays(days: ResponseRate['by_day'], opensOn: string): ResponseRate['by_day'] {
	const counts = new Map(days.map((entry) => [entry.day, entry.answered]));
	const last = Date.parse(days.at(-1)!.day);
	const first = Math.min(Date.parse(opensOn), Date.parse(days[0]!.day));
	const filled: ResponseRate['by_day'] = [];
	for (let time = first; time <= last; time += day) {
		const name = new Date(time).toISOString().slice(0, 10);
		filled.push({ day: name, answered: counts.get(name) ?? 0 });
	}
	return filled;
}

/** Answers of each day as columns, with the same numbers as a table beneath. */
export function AnswersByDay(props: { days: ResponseRate['by_day']; campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const days = fillDays(props.days, props.campaign.opens_on);
	const most = days.reduce((best, entry) => (entry.answered > best.answered ? entry : best), days[0]!);
	const step = width / Math.max(days.length, 7);
	const short = (iso: string) => formatDay(iso, language).slice(0, 5);
	return (
		<Card title={t('by_day.title')}>
			<svg
				className={styles.days}
				viewBox={`0 0 ${width} ${height + 18}`}
				role="img"
				aria-label={t('by_day.summary', {
					days: days.length,
					most: formatNumber(most.answered, language),
					day: formatDay(most.day, language),
				})}
			>
				<line x1="0" x2={width} y1={height} y2={height} className={styles.axis} />
				{days.map((entry, index) => {
					const tall = most.answered === 0 ? 0 : (entry.answered / most.answered) * (height - 14);
					return (
						<rect
							key={entry.day}
							className={styles.column}
							x={index * step + step * 0.12}
							y={height - tall}
							width={step * 0.76}
							height={tall}
							rx="1"
						>
							<title>{`${formatDay(entry.day, language)}: ${entry.answered}`}</title>
						</rect>
					);
				})}
				<text className={styles.tick} x="0" y={height + 14}>
					{short(days[0]!.day)}
				</text>
				{days.length > 3 && (
					<text className={styles.tick} x={days.length * step} y={height + 14} textAnchor="end">
						{short(days.at(-1)!.day)}
					</text>
				)}
				<text className={styles.tick} x="0" y="9">
					{t('by_day.most', { count: most.answered })}
				</text>
			</svg>
			<details className={styles.twin}>
				<summary>{t('by_day.table')}</summary>
				<DataTable
					caption={t('by_day.table_of')}
					hideCaption
					rows={days}
					rowKey={(entry) => entry.day}
					columns={[
						{
							id: 'day',
							label: t('by_day.day'),
							value: (entry) => entry.day,
							render: (entry) => formatDay(entry.day, language),
							isHeading: true,
						},
						{ id: 'answered', label: t('by_day.answered'), value: (entry) => entry.answered, align: 'end' },
					]}
				/>
			</details>
		</Card>
	);
}
