import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkshopContent } from '#server/contract/workshop.ts';
import { useLocalText } from '../i18n.ts';
import type { Element } from './draft-parts.ts';
import {
	giveRole,
	listRoleItems,
	nameRating,
	type Role,
	readRatingTitle,
	readRole,
	rolesOf,
} from './roles.ts';
import { TextPair } from './TextPair.tsx';
import styles from './Workshop.module.css';

/** Where answers to this question go in the summary of needs or of a feedback: chosen in words, without a key to write. */
export function RoleFields(props: {
	content: WorkshopContent;
	element: Element;
	isReadOnly: boolean;
	change: (make: (old: WorkshopContent) => WorkshopContent) => void;
}) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { content, element, isReadOnly, change } = props;
	const { channel } = content.key;
	const roles = rolesOf(channel, element);
	if (roles.length < 2) return null;
	const items = listRoleItems(element);
	return (
		<div className={styles.keys}>
			<h3>{t('role.title')}</h3>
			<p className={styles.aside}>
				{t(channel === 'needs_survey' ? 'role.needs_hint' : 'role.feedback_hint')}
			</p>
			{items.map(({ item, text: words }) => {
				const role = readRole(content, item);
				return (
					<div key={item} className={styles.key}>
						<NativeSelect
							label={items.length > 1 ? t('role.of', { item: text(words) || item }) : t('role.label')}
							value={role}
							disabled={isReadOnly}
							data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
							onChange={(event) => {
								const chosen = event.currentTarget.value as Role;
								change((old) => giveRole(old, element, item, chosen));
							}}
						/>
						{role === 'rating' && (
							<TextPair
								label={t('role.rating_title')}
								value={readRatingTitle(content, item)}
								isReadOnly={isReadOnly}
								onChange={(title) => change((old) => nameRating(old, item, title))}
							/>
						)}
					</div>
				);
			})}
		</div>
	);
}
