import { useId } from 'react';
import styles from './ChoiceRow.module.css';

/** One choice of a few, all of them in sight; wraps on a phone. Arrow keys move as in any group of radio buttons. */
export function ChoiceRow(props: {
	label: string;
	options: { value: string; label: string }[];
	value: string;
	onChange: (value: string) => void;
}) {
	const name = useId();
	return (
		<fieldset className={styles.row}>
			<legend>{props.label}</legend>
			{props.options.map((option) => (
				<label key={option.value} className={styles.choice}>
					<input
						type="radio"
						className="visually-hidden"
						name={name}
						value={option.value}
						checked={option.value === props.value}
						onChange={() => props.onChange(option.value)}
					/>
					<span>{option.label}</span>
				</label>
			))}
		</fieldset>
	);
}
