import { Menu, ScrollArea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterValues } from '#server/contract/analytics.ts';
import styles from './Explore.module.css';
import { type Condition, conditions, type Selection } from './selection.ts';

/** The conditions in words, each with its ✕; one more behind the plus; reset in sight while there is any. */
export function ConditionBar(props: {
	selection: Selection;
	values: FilterValues | undefined;
	/** conditions that this module takes and that have something to choose */
	available: Condition[];
	onChange: (population: Selection['population']) => void;
	onReset: () => void;
	canReset: boolean;
}) {
	const { t } = useTranslation('explore');
	const { population } = props.selection;
	const chosen = conditions.filter((condition) => population[condition] !== undefined);
	const labelOf = (condition: Condition, value: string) =>
		props.values?.[condition]?.find((option) => String(option.value) === value)?.label ?? value;
	const without = (condition: Condition) => {
		const { [condition]: _, ...rest } = population;
		props.onChange(rest);
	};
	return (
		<fieldset className={styles.bar}>
			<legend className="visually-hidden">{t('conditions')}</legend>
			{chosen.length === 0 && <span className={styles.everyone}>{t('everyone')}</span>}
			{chosen.map((condition) => (
				<span key={condition} className={styles.chip}>
					<span className={styles.chipName}>{t(`dimension.${condition}`)}:</span>{' '}
					{labelOf(condition, population[condition]!)}
					<button
						type="button"
						className="no-print"
						aria-label={t('remove', {
							name: `${t(`dimension.${condition}`)}: ${labelOf(condition, population[condition]!)}`,
						})}
						onClick={() => without(condition)}
					>
						<IconX size={14} aria-hidden="true" />
					</button>
				</span>
			))}
			<AddCondition
				conditions={props.available.filter((condition) => population[condition] === undefined)}
				values={props.values}
				onAdd={(condition, value) => props.onChange({ ...population, [condition]: value })}
			/>
			{props.canReset && (
				<button type="button" className={`${styles.reset} no-print`} onClick={props.onReset}>
					{t('reset')}
				</button>
			)}
		</fieldset>
	);
}

function AddCondition(props: {
	conditions: Condition[];
	values: FilterValues | undefined;
	onAdd: (condition: Condition, value: string) => void;
}) {
	const { t } = useTranslation('explore');
	const [condition, setCondition] = useState<Condition | null>(null);
	const [search, setSearch] = useState('');
	const options = (condition && props.values?.[condition]) || [];
	const needle = search.trim().toLocaleLowerCase();
	const found = options.filter(({ label }) => label.toLocaleLowerCase().includes(needle));
	if (props.conditions.length === 0) return null;
	return (
		<Menu
			position="bottom-start"
			width={300}
			onClose={() => {
				setCondition(null);
				setSearch('');
			}}
		>
			<Menu.Target>
				<button type="button" className={`${styles.add} no-print`}>
					<IconPlus size={16} aria-hidden="true" /> {t('add')}
				</button>
			</Menu.Target>
			<Menu.Dropdown>
				{condition === null ? (
					props.conditions.map((name) => (
						<Menu.Item key={name} closeMenuOnClick={false} onClick={() => setCondition(name)}>
							{t(`dimension.${name}`)}
						</Menu.Item>
					))
				) : (
					<>
						<Menu.Label>{t(`dimension.${condition}`)}</Menu.Label>
						{options.length > 10 && (
							<TextInput
								value={search}
								onChange={(event) => setSearch(event.currentTarget.value)}
								placeholder={t('search')}
								aria-label={t('search')}
								mx={8}
								mb={8}
								data-autofocus
							/>
						)}
						<ScrollArea.Autosize mah={320} type="auto">
							{found.map(({ value, label }) => (
								<Menu.Item key={value} onClick={() => props.onAdd(condition, String(value))}>
									{label}
								</Menu.Item>
							))}
							{found.length === 0 && <p className={styles.nothing}>{t('nothing_found')}</p>}
						</ScrollArea.Autosize>
					</>
				)}
			</Menu.Dropdown>
		</Menu>
	);
}
