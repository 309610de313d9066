import { useTranslation } from 'react-i18next';
import type { KeptFile } from '#server/contract/answer-files.ts';
import { formatNumber } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import styles from './FileList.module.css';

const megabyte = 1024 * 1024;

/** Kept files to open or save: pictures as pictures, others by name; what each was asked for and how large it is. */
export function FileList({
	files,
	below,
}: {
	files: KeptFile[];
	below: string | ((file: KeptFile) => string);
}) {
	const { t } = useTranslation('common');
	const text = useLocalText();
	const language = useLanguage();
	const sizeOf = (size: number) =>
		size < megabyte / 10
			? t('files.small', { size: formatNumber(Math.max(1, Math.round(size / 1024)), language) })
			: t('files.size', { size: formatNumber(size / megabyte, language, 1) });
	if (files.length === 0) return null;
	return (
		<ul className={styles.files}>
			{files.map((file) => {
				const base = typeof below === 'string' ? below : below(file);
				const address = `${base}/${encodeURIComponent(file.file)}`;
				return (
					<li key={file.file}>
						<a className={styles.file} href={address} download={file.name}>
							{file.type.startsWith('image/') ? (
								<img className={styles.picture} src={address} alt="" loading="lazy" />
							) : (
								<span className={styles.kind} aria-hidden="true">
									{file.name.split('.').at(-1)}
								</span>
							)}
							<span className={styles.words}>
								<span className={styles.name}>{file.name}</span>
								<span className={styles.about}>
									{[text(file.question), sizeOf(file.size), file.by === 'observer' && t('files.observer')]
										.filter(Boolean)
										.join(' · ')}
								</span>
							</span>
						</a>
					</li>
				);
			})}
		</ul>
	);
}
