import { useTranslation } from 'react-i18next';
import type { KeptFile } from '#server/contract/answer-files.ts';
import { useLocalText } from '../i18n.ts';
import styles from './FileList.module.css';
import { useFileSize } from './file-size.ts';

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
	const sizeOf = useFileSize();
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
