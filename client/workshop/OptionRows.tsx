import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowUp, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { nextValue, type Option } from './draft-parts.ts';
import styles from './Workshop.module.css';

/** Options or rows of a question; Enter in the last one adds another. */
export function OptionRows(props: {
	legend: string;
	add: string;
	options: Option[];
	isRow?: boolean;
	isReadOnly: boolean;
	onChange: (options: Option[]) => void;
}) {
	const { t } = useTranslation('workshop');
	const list = useRef<HTMLFieldSetElement>(null);
	const { options, isReadOnly } = props;
	const isScale = options.length > 0 && options.every(({ value }) => typeof value === 'number');
	const add = () => {
		props.onChange([...options, { value: nextValue(options, props.isRow), text: { ru: '', en: '' } }]);
		// the new line is there after the next drawing
		setTimeout(() => list.current?.querySelector<HTMLInputElement>('li:last-of-type input')?.focus(), 0);
	};
	const change = (index: number, language: 'ru' | 'en', text: string) =>
		props.onChange(
			options.map((option, at) =>
				at === index ? { ...option, text: { ...option.text, [language]: text } } : option,
			),
		);
	// a scale keeps its numbers in order whatever goes
	const remove = (index: number) =>
		props.onChange(
			options
				.toSpliced(index, 1)
				.map((option, at) => (isScale ? { ...option, value: at + Number(options[0]!.value) } : option)),
		);
	const raise = (index: number) => {
		const [before, own] = [options[index - 1]!, options[index]!];
		props.onChange(
			options.map((option, at) => {
				if (at === index - 1) return isScale ? { value: before.value, text: own.text } : own;
				if (at === index) return isScale ? { value: own.value, text: before.text } : before;
				return option;
			}),
		);
	};
	return (
		<fieldset ref={list} className={styles.options}>
			<legend>{props.legend}</legend>
			<ol>
				{options.map(({ value, text }, index) => (
					<li key={String(value)}>
						<span className={styles.value}>{String(value)}</span>
						{(['ru', 'en'] as const).map((language) => (
							<TextInput
								key={language}
								aria-label={t('option_text', { number: index + 1, language: t(`language.${language}`) })}
								placeholder={t(`language.${language}`)}
								value={text[language]}
								lang={language}
								readOnly={isReadOnly}
								onChange={(event) => change(index, language, event.currentTarget.value)}
								onKeyDown={(event) => {
									if (event.key === 'Enter' && !isReadOnly) {
										event.preventDefault();
										add();
									}
								}}
							/>
						))}
						{!isReadOnly && (
							<span className={styles.tools}>
								<ActionIcon
									variant="subtle"
									aria-label={t('option_up', { number: index + 1 })}
									disabled={index === 0}
									onClick={() => raise(index)}
								>
									<IconArrowUp size={16} />
								</ActionIcon>
								<ActionIcon
									variant="subtle"
									aria-label={t('option_remove', { number: index + 1 })}
									onClick={() => remove(index)}
								>
									<IconX size={16} />
								</ActionIcon>
							</span>
						)}
					</li>
				))}
			</ol>
			{!isReadOnly && (
				<Button variant="subtle" size="compact-sm" onClick={add}>
					{props.add}
				</Button>
			)}
		</fieldset>
	);
}
