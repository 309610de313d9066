import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResultField } from '../api.ts';
import type { RowGroup } from './groups.ts';
import styles from './RowGroups.module.css';
import { labelOf } from './specification.ts';

/** Who stands behind each mark of a picture that counts rows: one line for each group, which opens on its members. */
export function RowGroups(props: {
	groups: RowGroup[];
	fields: ResultField[];
	/** the group whose mark was chosen last, with the number of that choice */
	chosen: { key: string; at: number } | null;
}) {
	const { chosen } = props;
	const list = useRef<HTMLUListElement>(null);
	useOpened(list, chosen);
	return (
		<ul className={styles.groups} ref={list}>
			{props.groups.map((group) => (
				<li key={group.key}>
					<details data-group={group.key}>
						<summary>
							<GroupHead group={group} fields={props.fields} />
						</summary>
						<ul className={styles.members}>
							{group.members.map(({ name, school }) => (
								<li key={school}>
									<Link to={`/schools/${school}`}>{name}</Link>
								</li>
							))}
						</ul>
					</details>
				</li>
			))}
		</ul>
	);
}

/** Name of a group, how many belong to it, and what is said of it. */
function GroupHead(props: { group: RowGroup; fields: ResultField[] }) {
	const { key, says, counts, members } = props.group;
	const told = counts.map(({ field, count }) => {
		const label = props.fields.find(({ name }) => name === field);
		return `${label ? labelOf(label, false) : field}: ${count}`;
	});
	return (
		<>
			<span className={styles.name}>
				{key} <b>{members.length}</b>
			</span>
			{[...says, ...told].map((words) => (
				<span key={words} className={styles.says}>
					{words}
				</span>
			))}
		</>
	);
}

/** How many members a card names: the list below the picture has them all. */
const namedInCard = 8;

/** What stands behind a mark of a counting picture, on hover, tap and arrow keys. */
export function GroupCard(props: { group: RowGroup; fields: ResultField[] }) {
	const { t } = useTranslation('common');
	const { members } = props.group;
	const named = members.slice(0, namedInCard).map(({ name }) => name);
	const more = members.length - named.length;
	return (
		<div className={styles.card}>
			<GroupHead group={props.group} fields={props.fields} />
			<span>
				{named.join(', ')}
				{more > 0 && ` ${t('chart.and_more', { count: more })}`}
			</span>
		</div>
	);
}

/** A chosen mark opens its line and leads there. */
function useOpened(
	list: RefObject<HTMLUListElement | null>,
	chosen: { key: string; at: number } | null,
): void {
	useEffect(() => {
		if (!chosen) return;
		const all = [...(list.current?.querySelectorAll<HTMLDetailsElement>('details') ?? [])];
		const line = all.find(({ dataset }) => dataset.group === chosen.key);
		if (!line) return;
		line.open = true;
		line.querySelector('summary')?.focus({ preventScroll: true });
		line.scrollIntoView({ block: 'nearest' });
	}, [list, chosen]);
}
