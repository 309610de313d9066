import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportKind } from '#server/contract/imports.ts';
import styles from './Imports.module.css';

const mostBytes = 30 * 1024 * 1024;

/** A file by dropping or by choosing; one button for mouse, finger and keyboard. */
export function FileDrop(props: { onFile: (file: File) => void; isBusy: boolean; kind: ImportKind }) {
	const { t } = useTranslation('imports');
	const input = useRef<HTMLInputElement>(null);
	const [isOver, setOver] = useState(false);
	const [refusal, setRefusal] = useState('');
	const take = (file: File | undefined) => {
		setOver(false);
		if (!file) return;
		if (file.size > mostBytes) return setRefusal(t('file.too_large', { name: file.name }));
		if (file.size === 0) return setRefusal(t('file.empty', { name: file.name }));
		setRefusal('');
		props.onFile(file);
	};
	const drop = (event: DragEvent) => {
		event.preventDefault();
		const { files } = event.dataTransfer;
		if (files.length > 1) {
			setOver(false);
			setRefusal(t('file.one'));
		} else take(files[0]);
	};
	const accept = props.kind === 'procedures' ? '.xlsx,.csv,.tsv,.json,.gz' : '.xlsx,.csv,.tsv,.gz';
	return (
		<div>
			<button
				type="button"
				className={isOver ? `${styles.drop} ${styles.over}` : styles.drop}
				disabled={props.isBusy}
				onClick={() => input.current?.click()}
				onDragOver={(event) => {
					event.preventDefault();
					setOver(true);
				}}
				onDragLeave={() => setOver(false)}
				onDrop={drop}
			>
				<strong>{props.isBusy ? t('file.sending') : t('file.choose')}</strong>
				<span className={styles.aside}>
					{t(props.kind === 'procedures' ? 'file.formats_json' : 'file.formats')}
				</span>
			</button>
			<input
				ref={input}
				type="file"
				accept={accept}
				className="visually-hidden"
				tabIndex={-1}
				aria-label={t('file.choose')}
				onChange={(event) => {
					take(event.currentTarget.files?.[0]);
					// the same file, corrected, must be choosable again
					event.currentTarget.value = '';
				}}
			/>
			{refusal !== '' && (
				<p role="alert" className={styles.refusal}>
					{refusal}
				</p>
			)}
		</div>
	);
}
