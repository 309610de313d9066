import type { Table } from '#data/export/table.ts';
import type { MyData } from './contract/my-data.ts';
import { type Language, translate } from './language.ts';

type Row = {
	section: string;
	subject: string;
	name: string;
	value: string | number | null;
	at: string | null;
};

/** All that is kept about a person as one table that can be read: section, what it belongs to, name, value, time. */
export function tabulateMyData(data: MyData, language: Language): Table {
	const say = (key: string) => translate(language, `own-data.${key}`);
	const rows: Row[] = [];
	const add = (
		section: string,
		subject: string,
		name: string,
		value: Row['value'],
		at: string | null = null,
	) => rows.push({ section: say(section), subject, name, value, at });
	if (data.registry) {
		add('registry', '', say('full_name'), data.registry.full_name);
		add('registry', '', say('birth_date'), data.registry.birth_date);
		for (const { school_name, started_on, ended_on, ...job } of data.registry.employments) {
			add('registry', school_name, say('position'), job.position, started_on);
			add('registry', school_name, say('subjects'), job.subjects.join(', '));
			add('registry', school_name, say('category'), job.category);
			add('registry', school_name, say('teaching_since'), job.teaching_since);
			if (ended_on) add('registry', school_name, say('ended_on'), ended_on);
		}
	}
	for (const invitation of data.invitations) {
		const { title } = invitation;
		add('invitations', title, say('participant_code'), invitation.participant_code, invitation.invited_at);
		add('invitations', title, say('school'), invitation.school_name);
		add('invitations', title, say('main_subject'), invitation.subject);
		add('invitations', title, say('seniority_band'), invitation.seniority_band);
		add('invitations', title, say('category'), invitation.category);
		add('invitations', title, say('position_kind'), invitation.position);
		add('invitations', title, say('retention_until'), invitation.retention_until);
		for (const { purpose, version, given_at, declined_at } of invitation.consents) {
			const name = `${say(purpose)}, ${say('version')} ${version}`;
			if (given_at) add('consents', title, name, say('given'), given_at);
			if (declined_at) add('consents', title, name, say(given_at ? 'withdrawn' : 'refused'), declined_at);
		}
		for (const instrument of invitation.instruments) {
			const subject = `${title}: ${instrument.title[language]}`;
			const list = (section: string, kept: typeof instrument.answers, at: string | null) => {
				for (const { question, answer } of kept ?? [])
					add(section, subject, question[language], answer?.[language] ?? null, at);
			};
			list('answers', instrument.answers, instrument.submitted_at);
			list('drafts', instrument.draft, instrument.saved_at);
			for (const { submitted_at, answers } of instrument.earlier) list('earlier', answers, submitted_at);
			for (const { question, name, stored_at } of [
				...instrument.files,
				...instrument.earlier.flatMap(({ files }) => files),
			])
				add('files', subject, question[language], name, stored_at);
		}
	}
	for (const { campaign_title, instrument_title, title, percent, sem, level } of data.scores) {
		const subject = `${campaign_title}: ${instrument_title[language]}`;
		add('scores', subject, `${title[language]}, %`, percent === null ? null : Math.round(percent * 10) / 10);
		add('scores', subject, `${title[language]}, ±`, sem === null ? null : Math.round(sem * 10) / 10);
		if (level) add('scores', subject, `${title[language]}, ${say('level')}`, say(`level-${level}`));
	}
	for (const { at, role, action, purpose } of data.looks) add('looks', role, action, purpose, at);
	for (const { at, action } of data.own_acts) add('own_acts', '', action, null, at);
	return {
		sheet: say('sheet'),
		columns: (['section', 'subject', 'name', 'value', 'at'] as const).map((name) => ({
			name,
			label: say(`column-${name}`),
		})),
		rows,
	};
}
