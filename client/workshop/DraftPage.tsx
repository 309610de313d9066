import { Button, Tabs } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Respondent } from '#server/contract/respondent.ts';
import type { ChangeLine, DraftDetail, DraftFinding } from '#server/contract/workshop.ts';
import { get, useReply } from '../api.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { SaveState } from '../ui/SaveState.tsx';
import { ChangeList } from './ChangeList.tsx';
import { findElement, listElements } from './draft-parts.ts';
import { FindingList } from './FindingList.tsx';
import { ItemEditor } from './ItemEditor.tsx';
import { ItemList } from './ItemList.tsx';
import { PreviewPane } from './PreviewPane.tsx';
import { ReviewPanel } from './ReviewPanel.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { useDraft } from './use-draft.ts';
import styles from './Workshop.module.css';

/** One instrument in the making. */
export function DraftPage() {
	const { t } = useTranslation('workshop');
	const { id } = useParams();
	const language = useLanguage();
	const path = `/api/workshop/drafts/${id}`;
	const [draft, setDraft] = useState<DraftDetail | null>(null);
	const [problem, setProblem] = useState<unknown>(null);
	const [round, setRound] = useState(0);
	// Not a cached reply: what is edited must never be replaced by a refetch.
	// biome-ignore lint/correctness/useExhaustiveDependencies: another language or round asks anew
	useEffect(() => {
		setDraft(null);
		get<DraftDetail>(path).then(setDraft, setProblem);
	}, [path, language, round]);
	if (problem)
		return (
			<Page title={t('one')} above={<Link to="/workshop">{t('title')}</Link>}>
				<ProblemNote problem={problem} />
			</Page>
		);
	if (!draft) return <Loading shape="page" />;
	return (
		<Workbench
			key={`${draft.draft_id} ${draft.state} ${draft.events.length} ${round}`}
			draft={draft}
			onMoved={setDraft}
			reload={() => setRound(round + 1)}
		/>
	);
}

function Workbench(props: { draft: DraftDetail; onMoved: (draft: DraftDetail) => void; reload: () => void }) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const queries = useQueryClient();
	const { draft } = props;
	const isReadOnly = !draft.may.includes('edit');
	const hand = useDraft(draft);
	const [tab, setTab] = useState<string | null>(draft.state === 'draft' ? 'items' : 'review');
	const [respondent, setRespondent] = useState<Respondent>({});
	const [chosen, setChosen] = useState<string | null>(() => {
		const first = listElements(draft.content)[0];
		return first ? String(first.name) : null;
	});
	const faults = useMemo(() => placeFindings(hand.content, hand.findings), [hand.content, hand.findings]);
	const element = chosen === null ? undefined : findElement(hand.content, chosen);
	const errors = hand.findings.filter(({ severity }) => severity === 'error').length;
	const { undo } = hand;

	useEffect(() => {
		const press = (event: KeyboardEvent) => {
			const isTyping = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(event.target.tagName);
			if ((event.ctrlKey || event.metaKey) && event.code === 'KeyZ' && !event.shiftKey && undo && !isTyping) {
				event.preventDefault();
				undo();
			}
		};
		window.addEventListener('keydown', press);
		return () => window.removeEventListener('keydown', press);
	}, [undo]);

	const moved = (next: DraftDetail) => {
		void queries.invalidateQueries({ queryKey: ['reply'] });
		props.onMoved(next);
	};
	const open = (at: string) => {
		const found = placeOf(hand.content, at);
		if (found) setChosen(found);
		setTab(found ? 'items' : 'settings');
	};
	return (
		<Page
			title={text(hand.content.key.title) || t('unnamed')}
			above={<Link to="/workshop">{t('title')}</Link>}
			lead={
				<>
					<strong>{t(`state.${draft.state}`)}</strong>
					{' · '}
					{draft.home.name}
					{' · '}
					{draft.based_on === null ? t('fresh') : t('follows', { version: draft.based_on })}
				</>
			}
			actions={
				!isReadOnly && (
					<>
						<SaveState saving={hand.saving} />
						<Button variant="default" disabled={!undo} onClick={() => undo?.()}>
							{t('undo')}
						</Button>
					</>
				)
			}
		>
			{hand.problem && (
				<div className={styles.conflict}>
					<ProblemNote problem={hand.problem} />
					{hand.problem.status === 409 && (
						<div className={styles.foot}>
							<Button variant="default" onClick={props.reload}>
								{t('conflict.theirs')}
							</Button>
							<Button
								variant="default"
								onClick={() =>
									void get<DraftDetail>(`/api/workshop/drafts/${draft.draft_id}`).then(({ revision }) =>
										hand.overwrite(revision),
									)
								}
							>
								{t('conflict.mine')}
							</Button>
						</div>
					)}
				</div>
			)}
			{draft.state === 'published' && (
				<p role="status" className={styles.done}>
					{t('published', { version: draft.published_version })}{' '}
					<Link to={`/workshop/versions/${draft.instrument}/${draft.published_version}`}>
						{t('to_version')}
					</Link>
				</p>
			)}
			<Tabs value={tab} onChange={setTab} keepMounted={false}>
				<Tabs.List>
					<Tabs.Tab value="items">{t('tab.items')}</Tabs.Tab>
					<Tabs.Tab value="settings">{t('tab.settings')}</Tabs.Tab>
					<Tabs.Tab value="check">
						{t(errors > 0 ? 'tab.check_errors' : 'tab.check', { count: errors })}
					</Tabs.Tab>
					<Tabs.Tab value="preview">{t('tab.preview')}</Tabs.Tab>
					<Tabs.Tab value="changes">{t('tab.changes')}</Tabs.Tab>
					<Tabs.Tab value="review">{t('tab.review')}</Tabs.Tab>
				</Tabs.List>
				<Tabs.Panel value="items" className={styles.panel}>
					<div className={styles.columns}>
						<ItemList
							hand={hand}
							chosen={chosen}
							onChoose={setChosen}
							faults={faults}
							isReadOnly={isReadOnly}
						/>
						{element ? (
							<Card>
								<ItemEditor
									key={chosen}
									draft={draft}
									hand={hand}
									element={element}
									findings={faults.get(chosen ?? '') ?? []}
									isReadOnly={isReadOnly}
								/>
							</Card>
						) : (
							<EmptyState title={t('item.choose')} />
						)}
					</div>
				</Tabs.Panel>
				<Tabs.Panel value="settings" className={styles.panel}>
					<SettingsForm draft={draft} hand={hand} isReadOnly={isReadOnly} />
				</Tabs.Panel>
				<Tabs.Panel value="check" className={styles.panel}>
					<p className={styles.aside}>{t('check.minutes', { count: hand.minutes })}</p>
					{hand.findings.length === 0 ? (
						<EmptyState title={t('check.clean')} />
					) : (
						<FindingList findings={hand.findings} onOpen={open} />
					)}
				</Tabs.Panel>
				<Tabs.Panel value="preview" className={styles.panel}>
					<PreviewPane content={hand.content} respondent={respondent} onRespondent={setRespondent} />
				</Tabs.Panel>
				<Tabs.Panel value="changes" className={styles.panel}>
					<Changes draft={draft} saved={hand.saving.state === 'saved' ? hand.saving.at : ''} />
				</Tabs.Panel>
				<Tabs.Panel value="review" className={styles.panel}>
					<ReviewPanel draft={draft} hand={hand} onMoved={moved} />
				</Tabs.Panel>
			</Tabs>
		</Page>
	);
}

function Changes(props: { draft: DraftDetail; saved: string }) {
	const { t } = useTranslation('workshop');
	const { draft_id, based_on } = props.draft;
	// Asked anew after each save: the time of saving is part of the address of the cache.
	const reply = useReply<ChangeLine[]>(`/api/workshop/drafts/${draft_id}/differences`, {
		saved: props.saved,
	});
	if (reply.error) return <ProblemNote problem={reply.error} retry={() => void reply.refetch()} />;
	if (!reply.data) return <Loading />;
	return (
		<>
			<p className={styles.aside}>
				{based_on === null ? t('changes.since_start') : t('changes.since_version', { version: based_on })}
			</p>
			<ChangeList changes={reply.data} />
		</>
	);
}

/** Findings by the question they belong to. */
function placeFindings(
	content: DraftDetail['content'],
	findings: DraftFinding[],
): Map<string, DraftFinding[]> {
	return Map.groupBy(
		findings.filter(({ at }) => placeOf(content, at)),
		({ at }) => placeOf(content, at)!,
	);
}

/** The question of a place: its name, a row of it, or the path of one of its texts. */
function placeOf(content: DraftDetail['content'], at: string): string | undefined {
	const [, page, index] = /^pages\.(\d+)\.elements\.(\d+)/.exec(at) ?? [];
	if (page !== undefined) {
		const pages = content.survey.pages as { elements?: { name?: unknown }[] }[] | undefined;
		const name = pages?.[Number(page)]?.elements?.[Number(index)]?.name;
		return typeof name === 'string' ? name : undefined;
	}
	return [at, at.split('.')[0]!].find((name) => findElement(content, name));
}
