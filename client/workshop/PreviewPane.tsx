import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Respondent } from '#server/contract/respondent.ts';
import type { WorkshopContent } from '#server/contract/workshop.ts';
import { useLanguage } from '../i18n.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { RespondentFields } from './RespondentFields.tsx';
import styles from './Workshop.module.css';

const widths = { phone: 360, desktop: 1100 };
const quiet = 400;

/** The survey as a chosen respondent sees it, in a frame of its own; it follows the editing, and carries no key. */
export function PreviewPane(props: {
	content: WorkshopContent;
	respondent: Respondent;
	onRespondent: (respondent: Respondent) => void;
}) {
	const { t } = useTranslation('workshop');
	const own = useLanguage();
	const [width, setWidth] = useState<keyof typeof widths>('phone');
	const [language, setLanguage] = useState<string>(own);
	const [started, setStarted] = useState(0);
	const [scale, setScale] = useState(1);
	const frame = useRef<HTMLIFrameElement>(null);
	const box = useRef<HTMLDivElement>(null);
	const { respondent } = props;
	const { survey } = props.content;

	useEffect(() => {
		const send = () =>
			frame.current?.contentWindow?.postMessage(
				{ kind: 'opora-preview', survey, language, respondent },
				window.location.origin,
			);
		const listen = (event: MessageEvent) => {
			if (event.source === frame.current?.contentWindow && event.data?.kind === 'opora-preview-ready') send();
		};
		window.addEventListener('message', listen);
		const timer = setTimeout(send, quiet);
		return () => {
			window.removeEventListener('message', listen);
			clearTimeout(timer);
		};
	}, [survey, language, respondent]);

	useEffect(() => {
		const measure = () => setScale(Math.min(1, (box.current?.clientWidth ?? widths[width]) / widths[width]));
		measure();
		const observer = new ResizeObserver(measure);
		if (box.current) observer.observe(box.current);
		return () => observer.disconnect();
	}, [width]);

	return (
		<div className={styles.preview}>
			<div className={styles.bar}>
				<ChoiceRow
					label={t('preview.width')}
					value={width}
					options={(['phone', 'desktop'] as const).map((value) => ({ value, label: t(`preview.${value}`) }))}
					onChange={(value) => setWidth(value as keyof typeof widths)}
				/>
				<ChoiceRow
					label={t('preview.language')}
					value={language}
					options={(['ru', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
					onChange={setLanguage}
				/>
				<Button variant="default" onClick={() => setStarted(started + 1)}>
					{t('preview.again')}
				</Button>
			</div>
			<RespondentFields survey={survey} value={respondent} onChange={props.onRespondent} />
			<div ref={box} className={styles.stage} style={{ height: 720 * scale }}>
				<iframe
					key={started}
					ref={frame}
					title={t('preview.title')}
					src="/preview"
					width={widths[width]}
					height={720}
					style={{ transform: `scale(${scale})` }}
				/>
			</div>
		</div>
	);
}
