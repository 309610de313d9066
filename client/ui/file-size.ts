import { useTranslation } from 'react-i18next';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';

const megabyte = 1024 * 1024;

/** Bytes in words: «640 КБ», «1,2 МБ». */
export function useFileSize(): (bytes: number) => string {
	const { t } = useTranslation('common');
	const language = useLanguage();
	return (bytes) =>
		bytes < megabyte / 10
			? t('files.small', { size: formatNumber(Math.max(1, Math.round(bytes / 1024)), language) })
			: t('files.size', { size: formatNumber(bytes / megabyte, language, 1) });
}
