import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model, Question } from 'survey-core';
import type { MyDraft } from '#server/contract/my.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Button } from '../ui/Button.tsx';
import type { KeptAnswers } from './answer-store.ts';
import {
	type Answers,
	type AnswerTimes,
	listDifferences,
	listSingle,
	mergeNewest,
	splitKey,
} from './answer-times.ts';
import styles from './ConflictScreen.module.css';

const shownFirst = 6;

interface Choice {
	answers: Answers;
	times: AnswerTimes;
}

/** The same draft went on in two places: both are shown, and the person chooses. Nothing is dropped before that. */
export function ConflictScreen(props: {
	survey: Model;
	mine: KeptAnswers;
	theirs: MyDraft;
	onChosen: (choice: Choice) => void;
}) {
	const { survey, mine, theirs, onChosen } = props;
	const { t } = useTranslation('diagnostics');
	const language = useLanguage();
	const [isWhole, setWhole] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const differing = listDifferences(mine.answers, theirs.answers);
	const [own, other] = [listSingle(mine.answers), listSingle(theirs.answers)];
	const merged = mergeNewest(mine, theirs);
	const words = (key: string, value: unknown) =>
		value === undefined ? t('conflict.no_answer') : displayOf(survey, key, value);
	const sides = [
		{ key: 'mine', title: t('conflict.here'), at: mine.changed_at, count: own.size, choice: mine },
		{
			key: 'theirs',
			title: theirs.device ? t('conflict.there_named', { device: theirs.device }) : t('conflict.there'),
			at: theirs.saved_at,
			count: other.size,
			choice: theirs,
		},
	];
	return (
		<section className={styles.conflict} aria-labelledby="conflict-title">
			<h2 id="conflict-title" ref={heading} tabIndex={-1}>
				{t('conflict.title')}
			</h2>
			<p>{t('conflict.why')}</p>
			<div className={styles.merge}>
				<p>{t('conflict.merge_why')}</p>
				<Button look="primary" onClick={() => onChosen(merged)}>
					{t('conflict.merge', { count: listSingle(merged.answers).size })}
				</Button>
			</div>
			<div className={styles.sides}>
				{sides.map(({ key, title, at, count, choice }) => (
					<div key={key} className={styles.side}>
						<h3>{title}</h3>
						<p>{t('conflict.at', { time: formatMoment(at, language) })}</p>
						<p>{t('conflict.answers', { count })}</p>
						<Button onClick={() => onChosen({ answers: choice.answers, times: choice.times })}>
							{t(`conflict.take_${key}`)}
						</Button>
					</div>
				))}
			</div>
			<h3>{t('conflict.differ', { count: differing.length })}</h3>
			<ul className={styles.differences}>
				{(isWhole ? differing : differing.slice(0, shownFirst)).map((key) => (
					<li key={key}>
						<strong>{titleOf(survey, key)}</strong>
						<span>
							{t('conflict.here')}: {words(key, own.get(key))}
						</span>
						<span>
							{t('conflict.there')}: {words(key, other.get(key))}
						</span>
					</li>
				))}
			</ul>
			{!isWhole && differing.length > shownFirst && (
				<Button look="quiet" onClick={() => setWhole(true)}>
					{t('conflict.more', { count: differing.length - shownFirst })}
				</Button>
			)}
		</section>
	);
}

interface Matrix extends Question {
	rows: { value: unknown; text: string }[];
	columns: { value: unknown; text: string }[];
}

function titleOf(survey: Model, key: string): string {
	const [name, row] = splitKey(key);
	const question = survey.getQuestionByName(name) as Matrix | null;
	if (!question) return key;
	if (row === undefined) return question.processedTitle;
	return question.rows?.find((each) => String(each.value) === row)?.text ?? row;
}

function displayOf(survey: Model, key: string, value: unknown): string {
	const [name, row] = splitKey(key);
	const question = survey.getQuestionByName(name) as Matrix | null;
	if (question && row !== undefined)
		return question.columns?.find((each) => each.value === value)?.text ?? String(value);
	const shown = question?.getDisplayValue(true, value) ?? value;
	return typeof shown === 'object' ? JSON.stringify(shown) : String(shown);
}
