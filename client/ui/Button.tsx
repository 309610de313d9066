import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';
import styles from './Button.module.css';

type Look = 'primary' | 'plain' | 'quiet';

/** The teacher's side has no component library: a button as large as a thumb. */
export function Button({
	look = 'plain',
	...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
	return <button type="button" {...rest} className={`${styles.button} ${styles[look]}`} />;
}

/** A link that looks like a button. */
export function ButtonLink({ look = 'plain', ...rest }: LinkProps & { look?: Look }) {
	return <Link {...rest} className={`${styles.button} ${styles[look]}`} />;
}
