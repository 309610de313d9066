import { Button, Checkbox, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DraftDetail, WorkshopKey } from '#server/contract/workshop.ts';
import { useLocalText } from '../i18n.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { Card } from '../ui/Page.tsx';
import { measuresPeople, turnChannel } from './channel.ts';
import { suggestScales } from './draft-key.ts';
import type { Role } from './roles.ts';
import { TextPair } from './TextPair.tsx';
import type { DraftInHand } from './use-draft.ts';
import styles from './Workshop.module.css';

const channels = ['self_assessment', 'test', 'expert_review', 'needs_survey', 'feedback', 'questionnaire'];

/** What holds for the whole instrument: what for, how long, when the result is seen, levels and scales. */
export function SettingsForm(props: { draft: DraftDetail; hand: DraftInHand; isReadOnly: boolean }) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { draft, hand, isReadOnly } = props;
	const { key, card } = hand.content;
	const measures = measuresPeople(draft, key.channel);
	const put = (part: Partial<WorkshopKey>) =>
		hand.change((old) => ({ ...old, key: { ...old.key, ...part } }));
	const number = (name: 'minutes' | 'minimum_items_answered') => ({
		label: t(`settings.${name}`),
		value: key[name],
		min: 1,
		max: 600,
		disabled: isReadOnly,
		onChange: (value: number | string) => typeof value === 'number' && put({ [name]: Math.round(value) }),
	});
	const names = new Map(
		[...draft.groups, ...draft.competencies].map(({ value, title }) => [value, text(title)]),
	);
	const counts = (scale: string) =>
		key.items.filter(
			({ competency }) =>
				competency === scale || draft.competencies.find((each) => each.value === competency)?.group === scale,
		).length;
	const groupOf = new Map(draft.competencies.map(({ value, group }) => [value, group]));
	return (
		<div className={styles.form}>
			<Card title={t('settings.about')}>
				<div className={styles.fields}>
					<TextPair
						label={t('settings.title')}
						value={key.title}
						isReadOnly={isReadOnly}
						onChange={(title) =>
							hand.change((old) => ({
								...old,
								survey: { ...old.survey, title },
								key: { ...old.key, title },
							}))
						}
					/>
					<TextPair
						label={t('settings.purpose')}
						value={key.purpose}
						isReadOnly={isReadOnly}
						onChange={(purpose) =>
							hand.change((old) => ({
								...old,
								survey: { ...old.survey, description: purpose },
								key: { ...old.key, purpose },
							}))
						}
					/>
					<div className={styles.facts}>
						<NativeSelect
							label={t('settings.channel')}
							value={key.channel}
							disabled={isReadOnly}
							data={draft.channels.map(({ channel: value }) => ({
								value,
								label: channels.includes(value) ? t(`channel.${value}`) : value,
							}))}
							onChange={(event) => hand.change((old) => turnChannel(old, event.currentTarget.value, draft))}
						/>
						<NumberInput
							{...number('minutes')}
							description={t('settings.estimated', { count: hand.minutes })}
						/>
					</div>
					{!measures && key.scales.length === 0 && (
						<p className={styles.aside}>
							{t(key.channel === 'questionnaire' ? 'settings.unscored' : 'settings.without_roles')}
						</p>
					)}
					{measures && (
						<ChoiceRow
							label={t('settings.teacher_result')}
							value={key.teacher_result}
							options={(['at_once', 'at_release'] as const).map((value) => ({
								value,
								label: t(`teacher_result.${value}`),
							}))}
							onChange={(teacher_result) => !isReadOnly && put({ teacher_result })}
						/>
					)}
					<Checkbox.Group
						label={t('settings.languages')}
						value={key.languages}
						onChange={(languages) => put({ languages: languages as ('ru' | 'en')[] })}
					>
						<div className={styles.foot}>
							{(['ru', 'en'] as const).map((language) => (
								<Checkbox
									key={language}
									value={language}
									label={t(`language.${language}`)}
									disabled={isReadOnly || (key.languages.length === 1 && key.languages[0] === language)}
								/>
							))}
						</div>
					</Checkbox.Group>
				</div>
			</Card>
			{measures && (
				<Card title={t('settings.levels')}>
					<div className={styles.fields}>
						<p className={styles.aside}>{t('settings.levels_hint')}</p>
						<CutScores
							value={key.cut_scores}
							isReadOnly={isReadOnly}
							onChange={(cut_scores) => put({ cut_scores })}
						/>
						<div className={styles.facts}>
							<NumberInput
								label={t('settings.minimum_share_answered')}
								value={Math.round(key.minimum_share_answered * 100)}
								min={0}
								max={100}
								suffix=" %"
								disabled={isReadOnly}
								onChange={(value) =>
									typeof value === 'number' && put({ minimum_share_answered: value / 100 })
								}
							/>
							<NumberInput {...number('minimum_items_answered')} />
						</div>
					</div>
				</Card>
			)}
			{(measures || key.scales.length > 0) && (
				<Card
					title={t(measures ? 'settings.scales' : 'settings.summary')}
					aside={
						!isReadOnly &&
						measures && (
							<Button
								variant="light"
								size="compact-md"
								onClick={() => put({ scales: suggestScales(hand.content, groupOf) })}
							>
								{t('settings.suggest')}
							</Button>
						)
					}
				>
					<p className={styles.aside}>{t(measures ? 'settings.scales_hint' : 'settings.roles_hint')}</p>
					<ul className={styles.scales}>
						{key.scales.map((scale) => (
							<li key={scale.scale}>
								<span>
									{names.get(scale.scale) ?? (scale.title ? text(scale.title) : scale.scale)}{' '}
									<span className={styles.aside}>
										{measures
											? t('settings.scale_items', { count: counts(scale.scale) })
											: t(`role.${scale.kind as Role}`)}
									</span>
								</span>
								{!isReadOnly && measures && (
									<Button
										variant="subtle"
										size="compact-sm"
										onClick={() => put({ scales: key.scales.filter((each) => each !== scale) })}
									>
										{t('settings.remove_scale')}
									</Button>
								)}
							</li>
						))}
					</ul>
				</Card>
			)}
			<Card title={t('settings.card')}>
				<Textarea
					aria-label={t('settings.card')}
					description={t('settings.card_hint')}
					value={card}
					readOnly={isReadOnly}
					autosize
					minRows={6}
					maxRows={20}
					onChange={(event) => {
						const next = event.currentTarget.value;
						hand.change((old) => ({ ...old, card: next }));
					}}
				/>
			</Card>
		</div>
	);
}

/** Three levels need two borders; what stands between them follows. */
function CutScores(props: {
	value: WorkshopKey['cut_scores'];
	isReadOnly: boolean;
	onChange: (value: WorkshopKey['cut_scores']) => void;
}) {
	const { t } = useTranslation('workshop');
	const ascending = props.value.toSorted((left, right) => left.from - right.from);
	const set = (index: number, border: number) =>
		props.onChange(
			ascending
				.map((cut, at) => {
					if (at === index - 1) return { ...cut, to: border };
					return at === index ? { ...cut, from: border } : cut;
				})
				.toReversed(),
		);
	return (
		<div className={styles.facts}>
			{ascending.slice(1).map((cut, index) => (
				<NumberInput
					key={cut.level}
					label={t('settings.border', {
						below: t(`level.${ascending[index]!.level}`),
						above: t(`level.${cut.level}`),
					})}
					value={cut.from}
					min={1}
					max={99}
					suffix=" %"
					disabled={props.isReadOnly}
					onChange={(value) => typeof value === 'number' && set(index + 1, value)}
				/>
			))}
		</div>
	);
}
